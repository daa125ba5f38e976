# The generator of DMARC records.

dmarc-title = Generatore DMARC
dmarc-heading = Creare un record DMARC
dmarc-lead = DMARC dice ai server riceventi che cosa fare della posta che si presenta con il proprio nome e non può dimostrarlo. MTA-STS protegge la posta in arrivo; DMARC protegge il proprio nome sulla posta che ricevono gli altri.
dmarc-domain-hint = Il dominio dopo la `@` nella posta in uscita.
dmarc-asks-none = Nulla: prima raccogliere i report e vedere chi spedisce a nome del dominio.
dmarc-asks-quarantine = Trattare come sospetta la posta che non supera i controlli, di solito mettendola tra lo spam.
dmarc-asks-reject = Rifiutare la posta che non supera i controlli. È il traguardo, quando nulla di legittimo fallisce più.
dmarc-careful = Procedere con cautela
dmarc-test-hint = I server riceventi applicano la policy un livello più in basso e segnalano che cosa sarebbe successo.
dmarc-rua-hint = Indirizzi di posta che ricevono un riepilogo al giorno da ogni server ricevente. Senza, non si può sapere quando il passo successivo è sicuro.
dmarc-as-domain = Come per il dominio
dmarc-as-subdomains = Come per i sottodomini
dmarc-subdomain-hint = Per la posta dei sottodomini esistenti.
dmarc-nonexistent-hint = Per la posta di sottodomini che non sono nel DNS: `reject` non danneggia chi è onesto.
dmarc-alignment = Allineamento
dmarc-strict-dkim = Stretto per DKIM (adkim=s).
dmarc-strict-dkim-hint = Vale solo una firma dello stesso dominio, non di un sottodominio.
dmarc-strict-spf = Stretto per SPF (aspf=s).
dmarc-strict-spf-hint = Vale solo lo stesso dominio come mittente della busta, non un sottodominio.
dmarc-ruf-hint = Indirizzi di posta che ricevono un report per ogni errore. Pochi server riceventi li inviano, e possono contenere dati personali.
dmarc-fo-all = quando falliscono tutti i meccanismi (valore predefinito)
dmarc-fo-any = quando fallisce uno qualsiasi dei meccanismi
dmarc-fo-dkim = quando una firma DKIM non è valida, allineata o no
dmarc-fo-spf = quando SPF fallisce, allineato o no
dmarc-psd-unknown = Non specificato
dmarc-psd-no = n: no, il dominio vale per sé
dmarc-psd-yes = y: sì, altri registrano nomi sotto di esso
dmarc-psd-hint = Solo i registri hanno bisogno di `y`. `n` indica un dominio da considerare a sé.
dmarc-readers = Server riceventi meno recenti
dmarc-compatible-hint = Scrive `pct=0` accanto alla modalità di prova, per i server riceventi che conoscono solo lo standard precedente.
dmarc-steps = Che cosa pubblicare
dmarc-ramp-up = Il percorso verso reject
dmarc-ramp-up-done = Il traguardo è raggiunto: la posta che non supera i controlli viene rifiutata. Continuare a leggere i report.
dmarc-ramp-up-blind = Senza un indirizzo per i report nessuno può dire quando è il momento del passo successivo. Aggiungendone uno, i passi compaiono qui.
dmarc-existing = Un record già pubblicato
dmarc-existing-label = Record DMARC
dmarc-existing-hint = Il testo del record TXT in `_dmarc`, senza virgolette. Viene giudicato come fanno i server riceventi, e il percorso riparte da lì.
dmarc-existing-take = Proseguire nel modulo
