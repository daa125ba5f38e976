# The validator.

validator-heading = Validare una policy, un record o un report
validator-lead = Incollare un testo o scegliere un file. Ciò che non va è segnato nel punto esatto, con il modo per correggerlo.
validator-text = Testo
validator-text-hint = Una policy, un record MTA-STS, TLS-RPT o DMARC, oppure un report TLS in JSON. Non viene conservato nulla.
validator-kind = Tipo di testo
validator-file = Oppure un file
validator-file-hint = Un report TLS può essere compresso (gzip, ZIP) o ancora nel messaggio che lo ha portato. Lo si può anche trascinare in un punto qualsiasi della pagina.
validator-submit = Valida
validator-drop = Rilasciare il file per validarlo
validator-examples = Esempi da provare

validator-kind-auto = da riconoscere
validator-kind-policy = una policy MTA-STS
validator-kind-record = un record MTA-STS
validator-kind-tls-rpt = un record TLS-RPT
validator-kind-dmarc = un record DMARC
validator-kind-report = un report TLS

validator-example-policy = Una policy con qualche svista
validator-example-record = Un record MTA-STS con l'id sbagliato
validator-example-tls-rpt = Un record TLS-RPT senza `mailto:`
validator-example-dmarc = Un record DMARC come nelle vecchie guide
validator-example-report = Un report TLS con sessioni fallite

validator-nothing = Non c'è ancora nulla da validare
validator-nothing-help = Incollare un testo nel campo o scegliere un file.
validator-unrecognised = Che tipo di testo è?
validator-unrecognised-help = Non somiglia né a una policy, né a un record, né a un report. Se dovrebbe esserlo, scegliere il tipo e validare di nuovo.

validator-recognised = Riconosciuto come: { $kind }
validator-valid-policy = La policy è valida: i mittenti la accettano.
validator-invalid-policy = La policy non è valida: per i mittenti è come se non ci fosse.
validator-valid-record = Il record MTA-STS è valido: i mittenti cercano la policy.
validator-invalid-record = Il record MTA-STS non è valido: i mittenti non cercano la policy.
validator-valid-tls-rpt = Il record TLS-RPT è valido: i mittenti sanno dove mandare i report.
validator-invalid-tls-rpt = Il record TLS-RPT non è valido: non arriva alcun report.
validator-valid-dmarc = Il record DMARC è valido: i destinatari ne tengono conto.
validator-invalid-dmarc = Il record DMARC non è valido: i destinatari lo ignorano.
validator-valid-report = Il report si può usare.
validator-invalid-report = Il report non si può usare.
validator-errors = { $count ->
    [one] 1 errore
   *[other] { $count } errori
 }
validator-warnings = { $count ->
    [one] 1 avviso
   *[other] { $count } avvisi
 }
validator-hints = { $count ->
    [one] 1 consiglio
   *[other] { $count } consigli
 }
validator-clean = Non c'è nulla da ridire.
validator-unpacked = Il report era compresso o dentro un messaggio: qui sotto c'è il testo che ne è uscito.

validator-mended = { $count ->
    [one] Una correzione applicata: il campo contiene il testo corretto.
   *[other] { $count } correzioni applicate: il campo contiene il testo corretto.
 }
validator-not-mended = Nel frattempo il testo è cambiato: nessuna correzione applicata. Ecco che cosa vale ora.
validator-copy = Copia il testo
validator-download = Scarica il testo
validator-link = Link a questo testo

validator-marked = Il testo
validator-marked-part = Si vedono soltanto le parti vicine ai rilievi.
validator-gap = { $count ->
    [one] un'altra riga
   *[other] altre { $count } righe
 }
validator-findings = Rilievi
validator-finding = Rilievo { $number }
validator-where = riga { $line }, colonna { $column }
validator-more-findings = { $count ->
    [one] Un altro rilievo non è mostrato qui.
   *[other] Altri { $count } rilievi non sono mostrati qui.
 }
validator-more-same = altri { $count } dello stesso tipo
validator-fix-replace = Scrivere { $with } al posto di { $old }
validator-fix-insert = Inserire { $with }
validator-fix-remove = Togliere { $old }
validator-apply = Applica la correzione { $number }
validator-apply-all = Applica tutte le correzioni
validator-too-long = Il testo è troppo lungo per essere corretto in questa pagina; i rilievi dicono che cosa scrivere.

validator-understood = Che cosa si è capito
validator-default = predefinito
validator-json = Lo stesso in JSON, come lo scrive `sigillo validate --json`
validator-json-cut = Interrotto qui: l'API e la riga di comando lo danno per intero.
validator-rows-more = e altri { $count }

validator-mode-testing = I mittenti consegnano anche quando la verifica fallisce, e lo segnalano.
validator-mode-enforce = I mittenti consegnano solo agli host MX nominati dalla policy che mostrano un certificato valido.
validator-mode-none = I mittenti trattano il dominio come se non avesse una policy: è il modo per uscire da MTA-STS.
validator-mx-wildcard = ogni host direttamente sotto { $domain }, ma non { $domain } stesso
validator-max-age = I mittenti conservano la policy per { $time }.
validator-max-age-zero = I mittenti non conservano la policy.
validator-about = circa { $time }
validator-seconds = { $count ->
    [one] 1 secondo
   *[other] { $count } secondi
 }
validator-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minuti
 }
validator-hours = { $count ->
    [one] 1 ora
   *[other] { $count } ore
 }
validator-days = { $count ->
    [one] 1 giorno
   *[other] { $count } giorni
 }
validator-weeks = { $count ->
    [one] 1 settimana
   *[other] { $count } settimane
 }
validator-years = { $count ->
    [one] 1 anno
   *[other] { $count } anni
 }
validator-extension = Un campo che lo standard non definisce: chi legge lo ignora.
validator-id = Deve cambiare a ogni modifica della policy: è così che i mittenti se ne accorgono.
validator-rua-mail = I report arrivano per posta.
validator-rua-web = I report vengono inviati lì via HTTPS.
validator-rua-none = Nessun report aggregato.
validator-ruf-none = Nessun report sui singoli errori.

validator-dmarc-none = se non supera il controllo non si chiede nulla.
validator-dmarc-quarantine = se non supera il controllo va trattata come sospetta.
validator-dmarc-reject = se non supera il controllo va rifiutata.
validator-dmarc-p = Posta del dominio stesso
validator-dmarc-sp = Posta dei sottodomini esistenti
validator-dmarc-np = Posta dei sottodomini che non esistono
validator-dmarc-adkim-r = La firma DKIM può essere di un dominio della stessa organizzazione.
validator-dmarc-adkim-s = La firma DKIM deve essere dello stesso identico dominio.
validator-dmarc-aspf-r = Il dominio SPF può essere uno della stessa organizzazione.
validator-dmarc-aspf-s = Il dominio SPF deve essere esattamente lo stesso.
validator-dmarc-fo = Quando si vogliono report sui singoli errori
validator-dmarc-psd-y = Sotto questo dominio altri registrano nomi.
validator-dmarc-psd-n = Il dominio appartiene a una sola organizzazione.
validator-dmarc-psd-u = Non è detto se sotto questo dominio altri registrano nomi.
validator-dmarc-t-y = Prova: i destinatari applicano la policy con un grado in meno.
validator-dmarc-t-n = La policy vale così com'è.

validator-report-from = Mittente
validator-report-id = Report
validator-report-contact = Contatto
validator-report-period = Periodo
validator-report-policy-sts = Policy MTA-STS
validator-report-policy-tlsa = Policy DANE (TLSA)
validator-report-policy-no-policy-found = Nessuna policy trovata
validator-report-policy-unknown = Policy di tipo non indicato
validator-report-domain-unknown = un dominio non indicato
validator-report-successful = Protette
validator-report-failed = Fallite
validator-report-failures = Perché le sessioni sono fallite
validator-report-no-details = Il mittente non dice perché.
validator-report-lines = La policy come l'ha vista il mittente
validator-report-hosts = Host MX della policy
validator-report-count = Sessioni
validator-report-sending = Da
validator-report-receiving = Host MX
validator-report-reason = Motivo
validator-report-failed-count = { $count ->
    [one] 1 sessione
   *[other] { $count } sessioni
 }
validator-report-policies-more = { $count ->
    [one] e un'altra policy
   *[other] e altre { $count } policy
 }
validator-report-failures-more = { $count ->
    [one] e un'altra riga
   *[other] e altre { $count } righe
 }

validator-result-starttls-not-supported = L'host MX non ha offerto `STARTTLS`: o lì è disattivato, o qualcuno lungo il percorso ha tolto l'offerta.
validator-result-certificate-host-mismatch = Il certificato dell'host MX è per nomi diversi da quello a cui il mittente si è collegato.
validator-result-certificate-expired = Il certificato dell'host MX è scaduto: rinnovarlo e capire perché non si è rinnovato da sé.
validator-result-certificate-not-trusted = Nessuna catena porta dal certificato a un'autorità di cui il mittente si fida: è autofirmato, oppure manca un certificato intermedio.
validator-result-validation-failure = È fallito qualcos'altro, senza un nome suo; forse il codice del motivo dice che cosa.
validator-result-tlsa-invalid = Nessun record TLSA corrisponde al certificato: record e certificato non sono stati cambiati insieme.
validator-result-dnssec-invalid = Il DNS non ha dato una risposta convalidata: DNSSEC è rotto in qualche punto del percorso fino ai record.
validator-result-dane-required = Il mittente qui pretende DANE e non ha trovato record TLSA convalidati.
validator-result-sts-policy-fetch-error = Non è stato possibile scaricare la policy: l'host della policy non ha risposto, o non con il file.
validator-result-sts-policy-invalid = La policy è stata scaricata, ma non è valida. Validare il file in questa pagina.
validator-result-sts-webpki-invalid = Il certificato dell'host della policy non è passato, quindi la policy non è stata scaricata.
validator-result-other = Non è un tipo di risultato dello standard.
validator-result-missing = Il report non indica il tipo di risultato.
