# Ciò che si dice della configurazione. I nomi dei difetti sono i loro codici; con -help, che cosa fare.

config-valid = La configurazione è valida
config-errors = { $count ->
    [one] La configurazione non è valida: 1 errore
   *[other] La configurazione non è valida: { $count } errori
}
config-roles = Con questa `sigillo serve` esegue: { $roles }.
config-no-role = Nessun ruolo ha una sezione, perciò `sigillo serve` non ha nulla da eseguire: aggiungere [web] o [sender].
config-no-file = Il file { $path } non c'è: valgono i valori predefiniti e l'ambiente.
config-file = La configurazione di { $path }, con l'ambiente e tutti i valori predefiniti.
config-section-off = { $section } non c'è, perciò è spento.
config-unset = nessun valore
config-origin-default = predefinito
config-origin-credential = credenziale { $name }

config-meant = Forse si intendeva { $meant }?
config-belongs = Il suo posto è sotto { $section }.

config-too-long = il file è più lungo di { $limit } MiB
config-too-long-help = Non è una configurazione. È il file giusto?
config-not-utf8 = il testo non è UTF-8
config-not-utf8-help = Salvarlo come UTF-8.
config-syntax = qui il file non è TOML: { $reason }
config-syntax-help = Una riga è una sezione, [web], oppure una chiave con il suo valore: i testi tra "virgolette", i numeri e true o false senza, gli elenchi tra [parentesi] con virgole.
config-unknown-section = non c'è una sezione [{ $name }]
config-unknown-section-help = Le sezioni sono { $sections }.
config-later-section = questa versione non ha il ruolo [{ $name }]
config-later-section-help = Togliere la sezione, o installare una versione che ha il ruolo.
config-outside-section = "{ $name }" è fuori da ogni sezione
config-outside-section-help = Ogni chiave va sotto il titolo della sua sezione, come [web].
config-not-a-section = "{ $name }" è una sezione, non un valore
config-not-a-section-help = Scriverne il nome tra parentesi quadre singole su una riga propria, e le sue chiavi sotto.
config-unknown-key = [{ $section }] non ha una chiave "{ $name }"
config-unknown-key-help = Le sue chiavi sono { $keys }.
config-unknown-variable = nessuna chiave ha la variabile { $name }
config-unknown-variable-help = Una variabile è SIGILLO_, la sezione e la chiave in maiuscolo, come SIGILLO_WEB_LISTEN. Toglierla o correggerla.
config-wrong-form = { $key } vuole { $form }, e questo è { $found }
config-wrong-form-help = Scriverlo come in { $example }.
config-invalid-value = "{ $value }" non può essere il valore di { $key }
config-invalid-secret = ciò che è dato per { $key } non può esserne il valore (non viene mostrato, perché potrebbe contenere una password)
config-unreadable-file = "{ $path }" non si può leggere: { $reason }
config-unreadable-file-help = Controllare il percorso e i permessi; un percorso relativo parte dalla cartella in cui si avvia il programma.
config-unusable-file = "{ $path }" non si può usare: { $reason }
config-unusable-file-help = Indicare un altro file, o correggere questo.
config-conflict = { $key } e { $other } sono dati entrambi
config-conflict-help = Darne uno solo.
config-same-address = { $value } è anche un indirizzo di { $others }
config-same-address-help = Dare a ciascuno un indirizzo proprio; una chiave non indicata ha il suo valore predefinito. Le metriche non sono per il pubblico, perciò non stanno mai a uno delle pagine web.
config-socket-path-too-long = il percorso del socket Unix di { $key } ha { $length } byte, e può averne al massimo { $limit }: "{ $path }"
config-socket-path-too-long-help = Dare unix: con un percorso più corto, per esempio sotto /run.
config-no-data-folder = non c'è una cartella per il valore predefinito di { $key }: né STATE_DIRECTORY né XDG_DATA_HOME né HOME sono impostate
config-no-data-folder-help = Dare { $name } nella sua sezione, con un percorso assoluto.

config-form-text = un testo
config-form-text-example = "testo"
config-form-list = un elenco di testi
config-form-list-example = ["uno", "due"]; nell'ambiente, uno,due
config-form-number = un numero intero
config-form-number-example = 443
config-form-switch = true o false
config-form-switch-example = true
config-form-duration = una durata
config-form-duration-example = "30s"
config-form-overrides = tabelle
config-form-overrides-example = [[override]] su una riga propria, e sotto le chiavi
config-form-patterns = un elenco di testi
config-form-patterns-example = ["mail.example.com", "*.example.net"]
config-form-policy = una tabella
config-form-policy-example = policy = {"{"} mode = "enforce", mx = ["mail.example.com"] {"}"}
config-found-text = un testo
config-found-number = un numero
config-found-fraction = un numero con decimali
config-found-switch = true o false
config-found-date = una data o un'ora
config-found-list = un elenco
config-found-table = una sezione o tabella

config-expected-number = Dare un numero intero da { $least } a { $most }.
config-expected-duration = Dare una durata da { $least } a { $most }: secondi, o un numero con s, m, h, d, w o y.
config-expected-store-url = Dare sqlite: con il percorso di un file, come in sqlite:/var/lib/sigillo/sigillo.sqlite, oppure postgres://UTENTE:PASSWORD@HOST/DATABASE; nell'utente e nella password scrivere : / @ # ? e % come %3A %2F %40 %23 %3F e %25.
config-expected-listen = Dare almeno un indirizzo: un indirizzo IP con una porta, come 127.0.0.1:8460 o [::1]:8460, oppure unix:PERCORSO.
config-expected-public-url = Dare l'indirizzo del sito senza percorso, come https://mta-sts.example.net; il percorso è base_path.
config-expected-base-path = Iniziare con una barra e usare lettere, cifre, -, ., _ e ~, come in /strumenti/mta-sts.
config-expected-proxy = Dare un indirizzo, una rete come 10.0.0.0/8, oppure unix per chi si collega a un socket Unix.
config-expected-guard = Dare public (guarda solo indirizzi pubblici) oppure off.
config-expected-server = Dare un indirizzo IP, con la porta se non è la 53: 9.9.9.9, 127.0.0.1:5353, [::1]:5353.
config-expected-dnssec = Dare auto, validate, trust-ad oppure off.
config-expected-roots = Dare bundled (le autorità che vengono con il programma) oppure system.
config-expected-path = Dare il percorso di un file.
config-expected-name = Dare un nome di host, come mail.example.com.
config-expected-contact = Dare un indirizzo https: o mailto: senza spazi né parentesi.
config-expected-address = Dare un indirizzo IP di questa macchina, senza porta.
config-expected-level = Dare error, warn, info, debug o trace.
config-expected-log-format = Dare text, json o journald.
config-expected-socketmap = Dare almeno un indirizzo come lo scrive Postfix: inet: con un indirizzo IP e una porta, come inet:127.0.0.1:8461 o inet:[::1]:8461, oppure unix:PERCORSO.
config-expected-maps = Dare almeno uno tra postfix e postfix-tlsrpt.
config-expected-dane = Dare prefer (DANE prima di MTA-STS) oppure off.
config-expected-dane-partial = Dare mta-sts oppure dane: ciò che vale dove solo alcuni host MX hanno record TLSA.
config-expected-default-level = Dare may, encrypt oppure dane: lo smtp_tls_security_level di Postfix stesso.
config-expected-unix-socket = Dare unix: con il percorso del socket, come in unix:/run/sigillo/admin.sock.
config-expected-http = Dare indirizzi IP con una porta, come 127.0.0.1:8463 o [::1]:8463, oppure unix:PERCORSO.
config-expected-socket-mode = Dare i permessi con tre o quattro cifre ottali, come 0660.
config-expected-group = Dare il nome di un gruppo, come postfix.

# Ciò che si dice del file delle eccezioni.

config-overrides-file = fuori da un [[override]]
config-overrides-override = in un [[override]]
config-overrides-policy = in una policy
config-overrides-begin = Il file ha tabelle che iniziano con [[override]] su una riga propria, e nient'altro.
overrides-too-long = { config-too-long }
overrides-too-long-help = È il file giusto? Molti domini si riuniscono meglio con un suffix.
overrides-not-utf8 = { config-not-utf8 }
overrides-not-utf8-help = { config-not-utf8-help }
overrides-syntax = { config-syntax }
overrides-syntax-help = Una riga è [[override]], oppure una chiave con il suo valore: i testi tra "virgolette", true o false senza, gli elenchi tra [parentesi] con virgole.
overrides-unknown-key = non c'è una chiave "{ $name }" { $table }
overrides-unknown-key-help = Qui le chiavi sono { $keys }.
overrides-wrong-form = "{ $key }" vuole { $form }
overrides-wrong-form-help = { config-wrong-form-help }
overrides-too-many = ci sono più di { $limit } eccezioni
overrides-too-many-help = Riunire i domini con un suffix che hanno in comune.
overrides-no-domain = nulla dice di quale dominio si tratta
overrides-no-domain-help = Dare domain (solo questo dominio di policy) oppure suffix (ogni dominio al di sotto).
overrides-invalid-domain-help = Dare un nome come example.com; suffix = "example.com" vale per ogni dominio al di sotto.
overrides-same-domain = { $key } "{ $name }" ha già un'eccezione, alla riga { $line }
overrides-same-domain-help = Unire le due, o toglierne una.
overrides-invalid-word = "{ $value }" non può essere il valore di "{ $key }"
overrides-invalid-word-help = Dare uno tra { $words }.
overrides-no-mode = alla policy manca la modalità
overrides-no-mode-help = Dare mode = "enforce", "testing" oppure "none".
overrides-no-mx = una policy con modalità { $mode } ha bisogno degli host MX che si possono usare
overrides-no-mx-help = Dare almeno un pattern, come in mx = ["mail.example.com", "*.example.net"].
overrides-conflict = { $key } non va insieme a { $other }
overrides-conflict-help = Darne uno solo.
