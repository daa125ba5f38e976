# The live checker.

checker-heading = Verificare un dominio
checker-lead = Sigillo percorre la strada di un messaggio verso il dominio, fino alla prima parola dei server di posta, e dice che cosa incontra.
checker-what = Che cosa viene guardato
checker-what-record = Il record TXT in `_mta-sts`, con DNSSEC dove la zona è firmata.
checker-what-host = L'host della policy: ogni indirizzo, il certificato, la risposta HTTP.
checker-what-policy = La policy: sintassi, modalità e corrispondenza con gli host MX.
checker-what-mx = Ogni host MX: `STARTTLS`, certificato, DANE.
checker-what-reports = Se qualcuno verrebbe avvisato di un errore: TLS-RPT e DMARC.
checker-no-mail = Non viene inviata posta e di chi chiede non resta traccia. Il risultato rimane a un indirizzo che nessuno può indovinare; chi chiede entro un minuto riceve lo stesso risultato.
checker-busy-client = Sono già molte verifiche in poco tempo
checker-busy = In questo momento le verifiche richieste sono molte
checker-busy-help = { $seconds ->
    [one] Riprovare tra un secondo.
   *[other] Riprovare tra { $seconds } secondi.
 }

checker-under-way = Verifica di { $domain }
checker-under-way-lead = Bastano uno o due secondi, fino a un minuto se i server sono lenti.
checker-under-way-label = La verifica è in corso
checker-under-way-steps = risposte finora
checker-under-way-plain = La pagina chiede da sé il risultato ogni due secondi.
checker-step-ok = risposta ricevuta
checker-step-fail = nessuna risposta

checker-result = Risultato
checker-result-title = { $domain }: verifica MTA-STS
checker-again = Verificare di nuovo
checker-json = JSON
checker-markdown = Markdown
checker-since = Dal { $when }
checker-since-verdict = Allora:
checker-since-same = Nient'altro è cambiato.
checker-since-new = Nuovo da allora
checker-since-gone = Non c'è più
checker-findings = Che cosa fare
checker-no-findings = Nulla: tutto ciò che è stato guardato è come deve essere.
checker-more = altri { $count } dello stesso tipo
checker-checks = Tutti i controlli
checker-check = Controllo
checker-outcome = Esito
checker-evidence = Che cosa si è visto
checker-certificates = Certificati
checker-keep = Conservare il risultato
checker-permalink = { $days ->
    [one] Questa pagina resta al suo indirizzo per un giorno:
   *[other] Questa pagina resta al suo indirizzo per { $days } giorni:
 }
checker-badge = Un distintivo per le proprie pagine mostra l'ultimo risultato del dominio:
checker-raw = Il file JSON contiene tutto ciò che si è visto; si può giudicare di nuovo con
checker-earlier = Confrontare con un risultato precedente

path-heading = La strada di un messaggio
path-sender = Server mittente
path-sender-detail = Chiede al DNS gli host MX e, se conosce MTA-STS, la policy.
path-record = Record
path-policy-host = Host della policy
path-policy = Policy
path-mx = Record MX
path-host-not-tried = I mittenti non lo usano.
path-host-not-covered = La policy non lo nomina.
path-host-fails = Non soddisfa la policy: vedere sotto.
path-host-unknown = Da qui non si è potuto guardare.
path-host-secured = Offre TLS con un buon certificato.
path-host-passes = È in regola: TLS, buon certificato, nominato nella policy.

certificate-senders = Inviato da
certificate-names = Nomi
certificate-more = e altri { $count }
certificate-issuer = Rilasciato da
certificate-dates = Valido
certificate-key = Chiave
certificate-session = Sessione
certificate-chain = Certificati inviati

badge-enforced = in vigore
badge-testing = in prova
badge-disabled = disattivato
badge-broken = guasto
badge-failing = fallisce
badge-absent = assente
badge-unknown = sconosciuto
