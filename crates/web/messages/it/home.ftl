# The first page.

home-title = Sigillo: MTA-STS, dal primo record fino a enforce
home-heading = La posta in arrivo viaggia cifrata?
home-lead = Senza MTA-STS, chi si trova tra due server di posta può disattivare la cifratura senza che nessuno se ne accorga. Sigillo guarda un dominio come lo vede un server che spedisce e dice che cosa correggere.
home-domain = Dominio di posta
home-check = Verifica
home-check-hint = La parte degli indirizzi dopo la `@`. Bastano pochi secondi.
home-tools = Che cosa si può fare qui
home-generator = Creare la policy, i record DNS e la ricetta per il server web, da un modello o dagli host MX attuali.
home-checker = Vedere che cosa incontrano oggi i mittenti: DNS, host della policy, certificati, ogni host MX, DANE, report.
home-validator = Incollare una policy, un record o un report TLS. Gli errori sono segnati al byte esatto, con la correzione.
home-tls-rpt = Chiedere ai mittenti di segnalare le consegne non riuscite, per saperlo prima degli utenti.
home-dmarc = Creare un record DMARC e il percorso dalla raccolta dei report al rifiuto dei messaggi falsi.
home-guide = Che cos'è MTA-STS, come pubblicarlo senza perdere posta e che cosa fare quando cambiano gli host.
home-why = Perché conta
home-why-attack = I server di posta si salutano in chiaro e poi offrono `STARTTLS`. Chi si mette in mezzo toglie l'offerta, o risponde al DNS con un altro host, e il messaggio parte leggibile.
home-why-answer = Con MTA-STS un dominio dichiara: i miei server usano TLS, questi sono i loro nomi, rifiutate tutto il resto. I mittenti se lo ricordano, così una risposta falsa non cambia nulla.
home-why-more = Leggere la guida
home-steps = Quattro passi
home-step-generate = Generare la policy e i record, in modalità `testing`.
home-step-publish = Pubblicare prima il file, poi il record.
home-step-check = Verificare il dominio e leggere i report per due settimane.
home-step-enforce = Passare alla modalità `enforce`.
