# Ciò che dicono i comandi. I nomi che iniziano con say-fail- sono errori: il messaggio e, con -help, il consiglio.

say-error = errore
say-warning = avviso
say-help = rimedio
say-reference = vedi
say-fix = il testo corretto
say-more = e altri { $count } di { $code } non elencati

say-valid-policy = La policy è valida
say-invalid-policy = La policy non è valida
say-valid-record = Il record MTA-STS è valido
say-invalid-record = Il record MTA-STS non è valido
say-valid-tls-rpt = Il record TLS-RPT è valido
say-invalid-tls-rpt = Il record TLS-RPT non è valido
say-valid-dmarc = Il record DMARC è valido
say-invalid-dmarc = Il record DMARC non è valido
say-valid-report = Il report si può usare
say-invalid-report = Il report non si può usare
say-count-errors = { $count ->
    [one] 1 errore
   *[other] { $count } errori
}
say-count-warnings = { $count ->
    [one] 1 avviso
   *[other] { $count } avvisi
}
say-count-hints = { $count ->
    [one] 1 consiglio
   *[other] { $count } consigli
}
say-understood = Che cosa è stato capito
say-rows-more = e altri { $count }; --json li elenca tutti

say-why = Perché è importante
say-what-to-do = Che cosa fare
say-standard = Standard

say-generate-title = MTA-STS per { $domain }, modalità { $mode }
say-mode-testing = I mittenti consegnano anche quando la verifica fallisce, e lo segnalano.
say-mode-enforce = I mittenti consegnano solo agli host MX che corrispondono alla policy e mostrano un certificato valido.
say-mode-none = I mittenti trattano il dominio come se non avesse una policy: è il modo per uscire da MTA-STS.
say-policy-file = File della policy
say-records = Record DNS
say-records-as = { $format ->
    [zone] Gli stessi record come righe di un file di zona
    [nsupdate] Gli stessi record come comandi nsupdate
    [octodns] Gli stessi record come YAML di octoDNS
    [terraform] Gli stessi record come risorse Terraform
   *[other] Gli stessi record come { $format }
}
say-record-name = Nome
say-record-panel = Nel pannello
say-record-type = Tipo
say-record-value = Valore
say-record-long = Il valore supera i 255 byte: in un file di zona viene diviso come sotto, e la maggior parte dei pannelli lo fa da sé.
say-web-server = Server web
say-recipe-hint = `--recipe nginx` aggiunge una configurazione che serve il file; `--recipe list` mostra per quali server e servizi ce n'è una.
say-recipe-title = Server web: { $name }
say-steps = Passi
say-remarks = Osservazioni
say-about-provider = A proposito di { $name }
say-names-from = Nomi degli host noti da: { $source }.
say-written = File scritti

say-query-secure = solo a host verificati della policy
say-query-dane-only = solo a host che corrispondono ai loro record TLSA
say-query-dane = secondo i record TLSA, dove ce ne sono
say-query-no-policy = nessuna policy, il server di posta fa come è configurato
say-query-wait = ora non si può dire, la posta deve attendere
say-query-answer = Risposta a Postfix
say-query-policy = Policy MTA-STS: modalità { $mode }
say-query-fetched = scaricata { $time }
say-query-expires = scade { $time }
say-query-remembered = In memoria nel servizio attivo
say-query-looked = Cercato ora
say-query-alone = Cercato ora, senza chiedere a un servizio
say-query-until = ; vale fino a { $time }
say-dane-skipped = escluso dalle eccezioni
say-dane-off = non cercato
say-dane-none = nessun record TLSA che conti
say-dane-all = tutti gli host MX hanno record TLSA utilizzabili
say-dane-partial = alcuni host MX hanno record TLSA utilizzabili, altri non ne hanno
say-dane-unusable = record TLSA, ma nessuno utilizzabile
say-dane-mx-failed = sconosciuto, perché non si sa quali host MX ci sono
say-dane-tlsa-failed = sconosciuto, perché il DNS non dice se un host ha record TLSA
say-dane-host-no-address = nessun indirizzo
say-dane-host-none = nessun record TLSA che conti
say-dane-host-usable = record TLSA utilizzabili
say-dane-host-unusable = record TLSA, ma nessuno utilizzabile
say-dane-host-failed = sconosciuto

say-cache-mode = Modalità
say-cache-expires = Scade
say-cache-domain = Dominio
say-cache-count = { $count ->
    [0] Nessuna policy è in memoria.
    [one] 1 policy
   *[other] { $count } policy
}
say-cache-no-policy = Nessuna policy è in memoria.
say-cache-expired = È scaduta e non conta più.
say-cache-level = Ultima risposta
say-cache-used = Ultima richiesta: { $time }
say-cache-record-not-asked = Nessuno ha cercato il suo record da quando il servizio è partito.
say-cache-record-current = Il suo record nomina questa policy.
say-cache-record-unfetched = Ciò che l'host della policy offre ora non si può ottenere:
say-cache-record-absent = Non ha un record, o nessuno che conti.
say-cache-record-unknown = Il DNS non ha detto se ha un record.
say-purge = { $domain }: dimenticato.
say-purge-dry = { $domain }: verrebbe dimenticato.
say-purge-nothing = { $domain }: nulla è in memoria.
say-purge-protected = La sua policy è in modalità enforce: finché non viene scaricata di nuovo, nulla protegge la posta verso il dominio.
say-purge-all = { $count ->
    [one] 1 policy è stata dimenticata.
   *[other] { $count } policy sono state dimenticate.
} Finché non vengono scaricate di nuovo, nulla protegge la posta.
say-purge-all-dry = { $count ->
    [one] 1 policy verrebbe dimenticata.
   *[other] { $count } policy verrebbero dimenticate.
}
say-exported = { $count ->
    [one] 1 policy è in "{ $path }".
   *[other] { $count } policy sono in "{ $path }".
}
say-imported = { $count ->
    [one] 1 policy è stata presa.
   *[other] { $count } policy sono state prese.
}
say-import-dry = { $count ->
    [one] 1 policy verrebbe presa.
   *[other] { $count } policy verrebbero prese.
}
say-import-kept = { $count ->
    [one] 1 no: vale ciò che c'è già.
   *[other] { $count } no: vale ciò che c'è già.
}
say-import-expired = { $count ->
    [one] 1 è scaduta.
   *[other] { $count } sono scadute.
}
say-import-invalid = { $count ->
    [one] 1 non è utilizzabile:
   *[other] { $count } non sono utilizzabili:
}
say-import-fault = riga { $line }: { $message }
say-service-refuses = nessuno è in ascolto

say-fail-not-a-next-hop = "{ $name }" non è un next hop
say-fail-not-a-next-hop-help = Indicarlo come fa Postfix: `example.com`, `[mail.example.com]` o `[mail.example.com]:587`.
say-fail-no-sender-section = la configurazione non ha la sezione [sender]
say-fail-no-sender-section-help = Indicare con --config quella del servizio attivo; `[sender] admin` dice dov'è il suo socket.
say-fail-no-service = il servizio non è raggiungibile a { $socket }: { $reason }
say-fail-no-service-help = Controllare che `sigillo serve` sia attivo e che questo utente possa usare il socket indicato da `[sender] admin`.
say-fail-service-broken = il servizio a { $socket } non risponde come dovrebbe: { $reason }
say-fail-service-broken-help = Vedere che cosa dice il suo log, e se è di questa versione.
say-fail-policy-unreadable = la policy di "{ $domain }" nell'archivio non è leggibile: { $reason }
say-fail-policy-unreadable-help = Viene scaricata di nuovo quando serve; controllare che il disco sia sano.
say-fail-export-exists = "{ $path }" esiste già
say-fail-export-exists-help = Non è stato scritto nulla. Scegliere un altro file, o sovrascrivere con --force.
say-fail-cache-unusable = { $reason }
say-fail-cache-unusable-help = Indicare il suo file SQLite, che questo utente deve poter leggere: è `filename` nelle `options` di `cache` nella sua configurazione.

say-provider-patterns = pattern:
say-provider-live = dagli MX attuali:
say-provider-variants = anche:
say-provider-source = noto da:
say-provider-note = nota:

say-tls-rpt-title = TLS-RPT per { $domain }
say-dmarc-title = DMARC per { $domain }
say-ramp-up = Il percorso verso p=reject

say-usage-unknown-argument = opzione sconosciuta { $argument }
say-usage-surplus = argomento di troppo: "{ $argument }"
say-usage-twice = { $argument } è stato indicato due volte
say-usage-unknown-command = comando sconosciuto "{ $command }"
say-usage-value-missing = { $argument } richiede un valore
say-usage-value-invalid = "{ $value }" non è un valore ammesso per { $argument }
say-usage-argument-missing = manca: { $argument }
say-usage-conflict = { $argument } non è compatibile con { $other }
say-usage-command-missing = manca un comando
say-usage-value-count = a { $argument } è stato dato un numero sbagliato di valori
say-usage-not-utf8 = un argomento non è UTF-8 valido
say-usage-wrong = gli argomenti non vanno bene
say-usage-did-you-mean = Forse si intendeva { $suggestion }?
say-usage-valid-values = Valori possibili: { $values }.
say-usage-purge-nothing = nulla dice che cosa dimenticare
say-usage-purge-nothing-help = Indicare uno o più domini, o dimenticare tutto con --all; --dry-run dice soltanto che cosa verrebbe dimenticato.
say-usage-see-help = `--help` elenca comandi e opzioni.

say-fail-unreadable = impossibile leggere "{ $path }": { $reason }
say-fail-unreadable-help = Controllare il percorso e i permessi; `-` indica lo standard input.
say-fail-unwritable = impossibile scrivere "{ $path }": { $reason }
say-fail-unwritable-help = Scegliere una cartella in cui si possa scrivere.
say-fail-file-exists = "{ $path }" esiste già
say-fail-file-exists-help = Non è stato scritto nulla. Scegliere un'altra cartella, o sovrascrivere con --force.
say-fail-earlier-invalid = "{ $path }" non è una policy valida
say-fail-earlier-invalid-help = `sigillo validate policy` mostra che cosa non va e come rimediare; poi partire dal file corretto.
say-fail-no-address-help = Indicarne uno con --rua, per esempio --rua report@example.com.
say-fail-no-mx-help = Indicarli con --mx, nominare il fornitore con --provider (`--provider list` li mostra tutti), o leggerli dal DNS con --from-dns.
say-fail-not-a-resolver = "{ $value }" non è l'indirizzo di un server DNS
say-fail-not-a-resolver-help = Indicare un indirizzo IP, con la porta se non è la 53: 9.9.9.9, 127.0.0.1:5353, [::1]:5353.
say-fail-not-a-timeout = "{ $value }" non può essere il tempo per guardare
say-fail-not-a-timeout-help = Indicare da 1 secondo a 1 ora: 30s, 2m.
say-fail-not-certificates = i certificati in "{ $path }" non si possono usare: { $reason }
say-fail-not-certificates-help = Indicare un file PEM con certificati di autorità.
say-fail-config-invalid = { $count ->
    [one] la configurazione ha un errore: { $first }
   *[other] la configurazione ha { $count } errori; il primo: { $first }
}
say-fail-config-invalid-help = `{ $command }` spiega, e dice come correggere.
say-fail-config-private = "{ $path }" non si può leggere: permesso negato
say-fail-config-private-help = Si procede senza. Indicare un file proprio con --config, o uno vuoto come /dev/null per farne a meno.
say-fail-no-threads = non si può cominciare a guardare: { $reason }
say-fail-no-threads-help = Controllare se il sistema ha ancora memoria e thread.
say-fail-source-unusable = dall'indirizzo { $address } non si può inviare nulla: { $reason }
say-fail-source-unusable-help = Dare in [network] source_address uno che questa macchina ha.
say-fail-resolver-silent = non si può interrogare il server DNS { $server }: { $reason }
say-fail-resolver-silent-help = Controllare la rete, oppure indicare un altro server con --resolver.
say-fail-resolver-failing = il server DNS { $server } risponde { $rcode } alla richiesta delle chiavi di DNSSEC
say-fail-resolver-failing-help = Indicare un altro server con --resolver, oppure guardare senza DNSSEC con `--dnssec off`.
say-fail-resolver-without-dnssec = il server DNS non passa le firme DNSSEC: { $reason }
say-fail-resolver-without-dnssec-help = Indicare un altro server con --resolver, oppure guardare senza DNSSEC con `--dnssec off`.
say-fail-resolver-elsewhere = il server DNS non è su questa macchina, quindi la sua parola su DNSSEC non è affidabile
say-fail-resolver-elsewhere-help = Chi sta in mezzo potrebbe falsificarla: far guardare le firme a questo programma, con `--dnssec validate`.
say-fail-resolver-unusable = il server DNS non si può usare: { $reason }
say-fail-resolver-unusable-help = Indicare un altro server con --resolver.
say-fail-trust-anchor-unusable = DNSSEC non può cominciare da questo punto di fiducia: { $reason }
say-fail-trust-anchor-unusable-help = Indicare i record DS o DNSKEY attuali della zona, come righe di un file di zona.
say-root-unproven = le firme della zona radice non risultano valide: { $reason }
say-root-unproven-help = Un resolver o un firewall lungo il percorso toglie o cambia le firme, oppure l'orologio di questa macchina è sbagliato. Interrogare un altro server (`[dns] servers`, --resolver). Oppure fidarsi di un resolver proprio che le controlla, su questa macchina (`dnssec = "trust-ad"`, --dnssec trust-ad), o guardare senza DNSSEC (`"off"`, --dnssec off).
say-fail-not-an-observation = "{ $path }" non contiene ciò che è stato salvato: { $reason }
say-fail-not-an-observation-help = Indicare un file scritto da `sigillo check --save` o da `sigillo check --json`.
say-fail-no-observation = "{ $path }" è vuoto
say-fail-no-observation-help = Indicare un file scritto da `sigillo check --save` o da `sigillo check --json`.
say-fail-observation-newer = "{ $path }" è stato salvato da una versione più recente
say-fail-observation-newer-help = Leggerlo con quella versione o con una successiva.
say-fail-too-large = "{ $path }" supera { $limit } MiB
say-fail-too-large-help = Dividere il file: ogni riga sta a sé.
say-fail-mx-absent-help = Se sta per averne, indicare gli host con --mx o il fornitore con --provider.
say-fail-mx-null-help = Un dominio senza posta non ha bisogno di MTA-STS. Se sta per avere host MX, indicarli con --mx o indicare il fornitore con --provider.
say-fail-domain-absent-help = Controllare come è scritto. Per un dominio futuro, indicare gli host MX con --mx o il fornitore con --provider.
say-fail-mx-unknown-help = Riprovare, indicare un altro server con --resolver, o indicare gli host MX con --mx o il fornitore con --provider.
say-fail-mx-unsafe-help = Potrebbero essere falsificati, o le firme della zona sono guaste; chiarirlo prima, o indicare gli host MX con --mx.
say-fail-unknown-provider-help = `--provider list` li mostra tutti; i pattern si possono dare anche con --mx.
say-fail-variant-needed-help = Indicarla: { $presets }. Oppure dare gli host MX attuali con --live-mx.
say-fail-live-mx-needed-help = Indicare quelli del dominio con --live-mx, o i pattern con --mx.
say-fail-unknown-recipe-help = `--recipe list` le mostra tutte.
say-fail-unknown-code = nessun rilievo ha il codice "{ $code }"
say-fail-unknown-code-help = `sigillo explain --list` li mostra tutti.
say-fail-unknown-command = non c'è un comando "{ $command }"
say-fail-unknown-command-help = `sigillo --help` mostra i comandi.
say-fail-unknown-schema = nessun output si chiama "{ $name }"
say-fail-unknown-schema-help = `sigillo schema` mostra per quali output c'è uno schema.

say-looking = { $all ->
    [one] Si guarda { $domain }: risposte DNS: { $answers }, connessioni: { $connections }
   *[other] Si guarda { $domain } (fatti { $done } di { $all }): risposte DNS: { $answers }, connessioni: { $connections }
}

say-scanning = fatti { $done }, { $rate } al secondo
say-scanning-of = fatti { $done } di { $total }, { $rate } al secondo, ancora { $left }
say-total-domains = domini in tutto
say-total-adopted = con un record MTA-STS
say-total-valid = di questi con una policy che i mittenti possono usare
say-total-verdicts = Per verdetto
say-total-broken = Perché i mittenti non possono usare la policy
say-total-failing = Perché gli host MX non rispettano la policy
say-total-providers = Per fornitore, fra quelli con un record
say-total-provider = { $name }: { $valid } in ordine, { $broken } non utilizzabili, { $failing } con host MX che non la rispettano
say-total-provider-none = altri
say-total-findings = Per rilievo
say-total-invalid = righe dell'elenco che non sono nomi di dominio
say-total-unreadable = righe del file che non sono risultati
say-fail-not-a-shard = "{ $value }" non è una parte dell'elenco
say-fail-not-a-shard-help = Indicare K/N con K da 1 a N, per esempio 1/4.
say-fail-not-a-contact = "{ $value }" non è un indirizzo da comunicare
say-fail-not-a-contact-help = Indicare una pagina o un indirizzo di posta in ASCII e senza parentesi: https://example.com/scan o mailto:scan@example.com.
say-fail-no-column = "{ $path }" non ha una colonna "{ $name }"
say-fail-no-column-help = La prima riga deve dare i nomi delle colonne, separati da virgole, punti e virgola o tabulazioni.
say-fail-results-exist = "{ $path }" esiste già
say-fail-results-exist-help = Riprenderlo con --resume, sovrascriverlo con --force, o scegliere un altro file.
say-fail-results-in-use = un'altra scansione sta scrivendo "{ $path }"
say-fail-results-in-use-help = Aspettare che finisca, o scegliere un altro file.
say-fail-not-results = la riga { $line } di "{ $path }" non è il risultato di una scansione
say-fail-not-results-help = Il file è rimasto com'era. Indicarne uno scritto da `sigillo scan --out`.
say-fail-results-unwritable = impossibile scrivere "{ $path }": { $reason }
say-fail-results-unwritable-help = Quando ci sono spazio e permessi, riprendere con --resume: nessun risultato nel file va perso.

say-report-from = Mittente
say-report-id = Report
say-report-time = Periodo
say-report-policy = policy { $type } di { $domain }
say-report-sessions = { $successful ->
    [one] 1 sessione riuscita
   *[other] { $successful } sessioni riuscite
}, { $failed ->
    [one] 1 fallita
   *[other] { $failed } fallite
}
say-report-failure = { $count }x { $type }
say-report-unknown-type = di tipo non indicato
say-report-unknown-domain = un dominio non indicato
say-report-unknown-result = motivo non indicato

say-serving = Sigillo è a { $url }
say-answering = I server di posta possono chiedere a { $address }
say-fail-no-role = la configurazione non nomina nulla da eseguire
say-fail-no-role-help = Aggiungere la sezione `[web]` o `[sender]`, anche solo la sua prima riga; senza alcun file di configurazione le pagine partono da sé.
say-fail-overrides-invalid = { $count ->
    [one] il file delle eccezioni ha un errore: { $first }
   *[other] il file delle eccezioni ha { $count } errori; il primo: { $first }
}
say-fail-overrides-invalid-help = `sigillo config check` li mostra tutti, e dice come correggerli.
say-fail-no-log = il registro non si può scrivere: { $reason }
say-fail-no-log-help = Scegliere un altro `format` nella sezione `[log]`.
say-fail-no-signals = i segnali del sistema non si possono ricevere: { $reason }
say-fail-no-signals-help = Controllare se il sistema ha ancora risorse.
say-fail-no-metrics = le metriche non si possono tenere: { $reason }
say-fail-no-metrics-help = Eseguire senza la sezione `[metrics]`.
say-fail-store-unusable = { $kind ->
    [damaged] { $url } è danneggiato o non è un database: { $reason }
    [unreachable] il database { $url } non è raggiungibile: { $reason }
    [tls] non c'è una connessione sicura con il database { $url }: { $reason }
    [refused] il server rifiuta il database { $url }: { $reason }
    [newer] il database { $url } è stato usato da una versione più recente di Sigillo (le sue tabelle sono alla { $reason }, che questa versione non conosce)
    [migration] le tabelle del database { $url } non si possono aggiornare: { $reason }
    [full] non c'è più spazio per il database { $url }: { $reason }
   *[other] il database { $url } non si può usare: { $reason }
}
say-fail-store-unusable-help = { $kind ->
    [damaged] Ripristinarlo da una copia. Oppure indicarne un altro
    [unreachable] Controllare che sia attivo e raggiungibile da qui. Oppure indicarne un altro
    [tls] Indicare nell'URL l'autorità del suo certificato (sslrootcert=FILE), o dire lì che cosa fare invece (sslmode=…). Oppure indicarne un altro
    [refused] Controllare l'utente, la password e il nome nell'URL. Oppure indicarne un altro
    [newer] Aggiornare Sigillo. Oppure indicarne un altro
    [migration] Ripristinarlo da una copia, o segnalare il problema. Oppure indicarne un altro
    [full] Fare spazio sul suo disco. Oppure indicarne un altro
    [file] Questo utente deve poter scrivere il file e la sua cartella. Indicarne un altro
   *[other] Controllare il suo log, i permessi e il disco. Oppure indicarne un altro
} con `url` nella sezione `[store]` o con la variabile SIGILLO_STORE_URL.
say-fail-no-such-group = su questa macchina non esiste il gruppo { $name }
say-fail-no-such-group-help = Indicare un gruppo di `/etc/group`, o il suo numero, come `[sender] socket_group`.
say-fail-listen-unusable = non è possibile ascoltare a { $address }: { $reason }
say-fail-listen-unusable-help = Scegliere un altro indirizzo nella configurazione, se questo è già di un altro programma, per esempio di un secondo `sigillo serve`. Un socket Unix vuole una cartella che esista e in cui questo utente possa scrivere, e nessun altro file al suo posto.
