# L'aiuto dei comandi e delle opzioni. I nomi sono quelli dei comandi e delle opzioni, uniti da trattini.

help-heading-usage = Uso:
help-heading-commands = Comandi
help-heading-arguments = Argomenti
help-heading-options = Opzioni
help-heading-exit = Stato di uscita:
help-heading-examples = Esempi:
help-value-command = COMANDO
help-value-options = OPZIONI

help = MTA-STS dall'inizio alla fine: pubblicare una policy, controllarla, capire che cosa non va
help-json = Stampa la risposta in JSON, per i programmi
help-lang = Lingua della risposta: it o en (predefinita: quella del sistema)
help-fail-on = Da quale gravità un rilievo dà lo stato di uscita 1: error (predefinita), warning o hint
help-help = Mostra questo aiuto
help-version = Mostra la versione
help-examples =
    sigillo generate example.com --provider microsoft365
    sigillo validate policy mta-sts.txt
    sigillo explain policy-max-age-short

help-check = Guarda un dominio come farebbe un server che invia e dice che cosa non va, che cosa succede alla posta e che cosa fare
help-check-domain = Il dominio, o più d'uno
help-check-format = Come scrivere la risposta: text (predefinito), json o markdown
help-check-save = Salva in un file ciò che si è visto, un oggetto JSON per riga
help-check-observation = Giudica ciò che è stato salvato invece di guardare
help-check-since = Dice anche che cosa è cambiato da quanto è stato salvato
help-check-no-smtp = Non si collega agli host di posta
help-check-examples =
    sigillo check example.com
    sigillo check example.com --save prima.json
    sigillo check example.com --since prima.json --format markdown

help-scan = Controlla un elenco di domini, una riga JSON per ciascuno
help-scan-list = L'elenco, un dominio per riga, con commenti `#` (predefinito: `-`, lo standard input)
help-scan-column = L'elenco è un CSV, e questa colonna della sua intestazione contiene i domini
help-scan-out = Scrive i risultati in questo file anziché sullo standard output
help-scan-resume = Riprende il file di --out: salta i domini che contiene già
help-scan-force = Sovrascrive il file di --out
help-scan-ordered = Mantiene l'ordine dell'elenco (predefinito: man mano che arrivano)
help-scan-full = Lascia in ogni riga i controlli e ciò che si è visto, per i domini che hanno un record
help-scan-shard = Guarda la parte K di N dell'elenco, con K da 1 a N; la parte a cui appartiene un dominio non cambia mai
help-scan-exclude = File con i domini da lasciare in pace, con tutto ciò che sta sotto di essi, uno per riga; ripetibile
help-scan-concurrency = Quanti domini si guardano contemporaneamente (predefinito: 100)
help-scan-rate = Quanti domini al massimo si cominciano ogni secondo (predefinito: quanti ne lascia passare --concurrency)
help-scan-rate-per-resolver = Quante domande al massimo si fanno ogni secondo a ciascun server DNS, 0 per nessun limite (predefinito: 500 per gli indirizzi pubblici, nessun limite nella propria rete)
help-scan-rate-per-policy-host = Quante policy al massimo si scaricano ogni secondo da un indirizzo IPv4 o da una rete IPv6 /64, di qualunque dominio siano, 0 per nessun limite (predefinito: 10 per gli indirizzi pubblici, nessun limite nella propria rete)
help-scan-contact = Pagina o indirizzo di posta (https://…, mailto:…) che dice agli host delle policy chi li interroga
help-scan-no-smtp = Non si collega agli host di posta
help-scan-summary = Riassume questo file di risultati invece di guardare
help-scan-examples =
    sigillo scan domini.txt --rate 50 --contact mailto:scan@example.com
    sigillo scan domini.txt --out risultati.ndjson --resume
    sigillo scan top-1m.csv --column domain --shard 1/4 --out parte1.ndjson
    sigillo scan --summary risultati.ndjson

# Di ogni comando che guarda.
help-network-config = File di configurazione, in cui [dns], [tls] e [network] danno i valori predefiniti di queste opzioni (predefinito: /etc/sigillo/sigillo.toml, se c'è)
help-network-resolver = Server DNS da interrogare (predefiniti: quelli del sistema); si può ripetere
help-network-dnssec = Chi guarda le firme DNSSEC: auto (predefinito: questo programma, se il server le passa), validate, trust-ad (un server su questa macchina) oppure off
help-network-trust-anchor = File con i record DS o DNSKEY di cui fidarsi al posto di quelli della radice
help-network-ca-file = File con i certificati di cui fidarsi oltre alle autorità pubbliche
help-network-https-port = Porta dell'host della policy (predefinita: 443)
help-network-smtp-port = Porta degli host di posta (predefinita: 25)
help-network-timeout = Quanto può durare in tutto (predefinito: 60s)
help-network-helo = Nome con cui salutare gli host di posta (predefinito: quello di questa macchina)
help-network-internal = Si collega anche a indirizzi che non sono pubblici, come in una rete propria

help-generate = Prepara una policy, i suoi record DNS, una ricetta per il server web e i passi per pubblicarli
help-generate-domain = Il dominio di posta: la parte dei suoi indirizzi dopo la @
help-generate-mode = Che cosa fanno i mittenti quando la verifica fallisce: testing (predefinita: consegnano e segnalano), enforce (non consegnano) o none (come senza policy)
help-generate-mx = Host MX che può ricevere posta, o *.NOME per tutti quelli con un'etichetta in più; ripetibile
help-generate-provider = Usa i pattern di un fornitore di posta, come microsoft365; `list` li mostra tutti; ripetibile
help-generate-from-dns = Legge i record MX attuali; senza --mx e --provider i pattern vengono da lì, e questo è il comportamento predefinito
help-generate-live-mx = Un host MX che ora è nel DNS: la proposta viene confrontata con esso e, se non è indicato altro, ricavata da esso; ripetibile
help-generate-from-policy = Parte dalla policy in questo file (`-`: standard input)
help-generate-max-age = Per quanto i mittenti conservano la policy: secondi, oppure 1d, 1w, 1y (predefinita: 1d, in enforce 1w)
help-generate-id = L'id del record: da 1 a 32 lettere e cifre, o `content` per ricavarlo dalla policy (predefinito: l'ora)
help-generate-tls-rpt = Dove vanno i report TLS, come indirizzo di posta o URI https: aggiunge il record TLS-RPT; ripetibile
help-generate-policy-host = Dove punta mta-sts.DOMINIO, un indirizzo o un nome: aggiunge i suoi record; ripetibile
help-generate-recipe = Aggiunge una configurazione per un server web o un servizio, come nginx; `list` le mostra tutte
help-generate-zone = La zona che contiene i record, per i nomi relativi (predefinita: il dominio registrato)
help-generate-ttl = Per quanto i resolver conservano i record (predefinito: 1h, in testing 5m)
help-generate-dns-format = Scrive i record come zone (predefinito), nsupdate, octodns o terraform
help-generate-out = Scrive la policy, i record e la ricetta in questa cartella
help-generate-force = Sovrascrive i file già presenti
help-generate-examples =
    sigillo generate example.com --provider proton --tls-rpt tls@example.com
    sigillo generate example.com --mx mail.example.com --recipe nginx --out sito
    sigillo generate example.com --from-policy mta-sts.txt --mode enforce

help-validate = Controlla senza rete la sintassi di una policy, di un record o di un report, indicando i byte esatti
help-validate-policy = Controlla un file di policy
help-validate-policy-file = Il file; `-` è lo standard input
help-validate-record = Controlla un record MTA-STS, il record TXT in _mta-sts.DOMINIO
help-validate-record-text = Il testo del record, senza virgolette; `-` è lo standard input
help-validate-tls-rpt = Controlla un record TLS-RPT, il record TXT in _smtp._tls.DOMINIO
help-validate-tls-rpt-text = Il testo del record, senza virgolette; `-` è lo standard input
help-validate-dmarc = Controlla un record DMARC, il record TXT in _dmarc.DOMINIO
help-validate-dmarc-text = Il testo del record, senza virgolette; `-` è lo standard input
help-validate-report = Controlla un report TLS: JSON, anche compresso con gzip o nel messaggio che lo portava
help-validate-report-file = Il file; `-` è lo standard input
help-validate-examples =
    sigillo validate policy mta-sts.txt
    sigillo validate record "v=STSv1; id=20260131;"
    dig +short TXT _dmarc.example.com | sed 's/" "//g; s/"//g' |
    sigillo validate dmarc -
    sigillo validate report report.json.gz

help-dmarc = Record DMARC
help-dmarc-generate = Prepara un record DMARC e la strada verso uno più forte
help-dmarc-generate-domain = Il dominio da proteggere
help-dmarc-generate-policy = Che cosa si chiede ai server riceventi per la posta che non supera i controlli: none (predefinita), quarantine o reject
help-dmarc-generate-subdomain-policy = Lo stesso per i sottodomini che esistono (sp)
help-dmarc-generate-nonexistent-policy = Lo stesso per i sottodomini che non esistono (np)
help-dmarc-generate-rua = Dove vanno i report aggregati, un indirizzo di posta; ripetibile
help-dmarc-generate-ruf = Dove vanno i report di errore, un indirizzo di posta; ripetibile
help-dmarc-generate-fo = Quando si vogliono report di errore: 0, 1, d, s, separati da due punti
help-dmarc-generate-strict-dkim = Il dominio DKIM deve essere identico a quello del From (adkim=s)
help-dmarc-generate-strict-spf = Il dominio SPF deve essere identico a quello del From (aspf=s)
help-dmarc-generate-test = Modalità di prova: chiede di applicare la policy con un livello in meno (t=y)
help-dmarc-generate-psd = Se altri registrano nomi sotto il dominio: y o n
help-dmarc-generate-compatible = Scrive la modalità di prova anche per chi legge lo standard precedente (pct=0)
help-dmarc-generate-zone = La zona che contiene il record, per i nomi relativi (predefinita: il dominio registrato)
help-dmarc-generate-ttl = Per quanto i resolver conservano il record (predefinito: 1h)
help-dmarc-generate-dns-format = Scrive il record come zone (predefinito), nsupdate, octodns o terraform
help-dmarc-generate-examples =
    sigillo dmarc generate example.com --rua dmarc@example.com
    sigillo dmarc generate example.com --policy quarantine --test --compatible

help-tls-rpt = Record TLS-RPT
help-tls-rpt-generate = Prepara il record che chiede i report TLS
help-tls-rpt-generate-domain = Il dominio di posta
help-tls-rpt-generate-rua = Dove vanno i report, come indirizzo di posta o URI https:; ripetibile
help-tls-rpt-generate-zone = La zona che contiene il record, per i nomi relativi (predefinita: il dominio registrato)
help-tls-rpt-generate-ttl = Per quanto i resolver conservano il record (predefinito: 1h)
help-tls-rpt-generate-dns-format = Scrive il record come zone (predefinito), nsupdate, octodns o terraform
help-tls-rpt-generate-examples =
    sigillo tls-rpt generate example.com --rua tls@example.com

help-explain = Spiega che cosa significa un rilievo, perché è importante e come rimediare
help-explain-code = Il codice del rilievo, come policy-max-age-short
help-explain-list = Elenca tutti i codici

help-query = Dice che cosa farebbe un server mittente per un next hop, e perché: chiede al servizio attivo, altrimenti cerca da sé
help-query-next-hop = Dove va la posta, come lo scrive Postfix: example.com, [mail.example.com] o [mail.example.com]:587; anche più di uno
help-query-fresh = Cerca di nuovo, qualunque cosa il servizio abbia in memoria
help-query-config = File di configurazione, la cui [sender] dice dove si chiede al servizio e che cosa si decide per certi domini (predefinito: il file indicato da SIGILLO_CONFIG, altrimenti /etc/sigillo/sigillo.toml se c'è)
help-query-exit =
    0: si sa che cosa succede alla posta, con o senza una policy
    2: la posta per un next hop deve aspettare, perché ora non si può dire; anche uso sbagliato o nessuna risposta
help-query-examples =
    sigillo query example.com
    sigillo query '[mail.example.com]:587' --fresh
    sigillo query example.com --resolver 127.0.0.1 --json

help-cache = Mostra e cambia ciò che il servizio attivo ha in memoria delle policy di altri domini
help-cache-config = La configurazione del servizio (predefinita: il file indicato da SIGILLO_CONFIG, altrimenti /etc/sigillo/sigillo.toml)
help-cache-examples =
    sigillo cache list
    sigillo cache refresh example.com
    sigillo cache export --out policies.ndjson
    sigillo cache import --from postfix-mta-sts-resolver /var/lib/mta-sts/cache.db

help-cache-list = Elenca tutte le policy con la modalità e la scadenza
help-cache-show = Mostra tutto ciò che è in memoria di un dominio
help-cache-show-domain = Il dominio della policy
help-cache-refresh = Cerca di nuovo i domini e scarica di nuovo le loro policy, se non è fallito meno di cinque minuti fa
help-cache-refresh-domain = Il dominio della policy, o più di uno
help-cache-purge = Dimentica domini, o tutto; finché le policy non vengono scaricate di nuovo, nulla protegge la posta verso di loro
help-cache-purge-domain = Il dominio della policy, o più di uno
help-cache-purge-all = Dimentica tutto
help-cache-purge-dry-run = Dice soltanto che cosa verrebbe dimenticato
help-cache-export = Scrive tutte le policy come righe di JSON
help-cache-export-out = Le scrive in questo file invece che sull'output standard
help-cache-export-force = Sovrascrive il file di --out
help-cache-import = Prende policy da altrove; se qui ce n'è già una più recente, resta quella
help-cache-import-file = File con righe come le scrive `cache export`, o - per l'input standard
help-cache-import-from = Il file è la cache di un altro programma: postfix-mta-sts-resolver (SQLite)
help-cache-import-dry-run = Dice soltanto che cosa verrebbe preso
help-cache-import-examples =
    sigillo cache import policies.ndjson --dry-run
    sigillo cache import --from postfix-mta-sts-resolver /var/lib/mta-sts/cache.db

help-serve = Eseguire ciò che dice la configurazione: senza, le pagine e l'API a http://127.0.0.1:8460
help-serve-config = La configurazione (predefinita: il file indicato da SIGILLO_CONFIG, altrimenti /etc/sigillo/sigillo.toml se c'è)

help-config = Mostra e controlla la configurazione di `sigillo serve`
help-config-examples =
    sigillo config check
    sigillo config check sigillo.toml
    sigillo config show
    SIGILLO_LOG_LEVEL=debug sigillo config show

help-config-check = Dice tutto ciò che non va in una configurazione, ogni cosa al suo posto
help-config-check-file = Il file (predefinito: quello indicato da SIGILLO_CONFIG, altrimenti /etc/sigillo/sigillo.toml)
help-config-show = Stampa il valore che ogni chiave ha alla fine, e da dove viene
help-config-show-file = Il file (predefinito: quello indicato da SIGILLO_CONFIG, altrimenti /etc/sigillo/sigillo.toml)

help-completions = Stampa i completamenti per una shell
help-completions-shell = bash, elvish, fish, powershell o zsh
help-completions-examples =
    sigillo completions bash > /etc/bash_completion.d/sigillo

help-man = Stampa una pagina di manuale, o le scrive tutte
help-man-command = Il comando di cui parla la pagina (predefinito: sigillo stesso)
help-man-out = Scrive tutte le pagine in questa cartella
help-man-status = STATO DI USCITA
help-man-status-text = 0: tutto bene. 1: il testo dato contiene errori, e la risposta è completa. 2: uso sbagliato, dati illeggibili o nessuna risposta.
help-man-environment = AMBIENTE
help-man-environment-text = LC_ALL, LC_MESSAGES, LC_CTYPE, LANG: lingua e insieme di caratteri. NO_COLOR: nessun colore. COLUMNS: la larghezza del testo.
help-man-examples =
    sigillo man generate | man -l -
    sigillo man --out /usr/local/share/man/it/man1

help-schema = Stampa lo schema JSON di ciò che `--json` stampa
help-schema-name = L'output; senza, li elenca tutti
