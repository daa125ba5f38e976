# I passi per pubblicare ciò che è stato generato.

compare-mx = Confrontare le righe `mx` con la risposta di `dig { $domain } MX`: ogni host deve corrispondere a una riga.
before-enforce = Passare a `enforce` solo dopo almeno due settimane in `testing` con report puliti.
policy-host = Far puntare `{ $host }` al server web che ospiterà la policy: record A e AAAA, oppure un CNAME, nella zona `{ $zone }`.
policy-host-given = Pubblicare i record per `{ $host }` elencati sopra, in modo che il nome punti al proprio server web.
policy-file = Servire il file della policy all'indirizzo `{ $url }` con TLS 1.2 o successivo e un certificato, rilasciato da un'autorità pubblica, che nomini `{ $host }`: stato 200, tipo `text/plain`, nessun reindirizzamento. Controllarlo con `curl -i { $url }`.
policy-recipe = Allestire il server web come descritto sotto il suo nome ({ $name }), fino al controllo con `curl` alla fine.
mta-sts-record = Solo quando il file è al suo posto, pubblicare il record TXT `{ $name }`. Da quel momento i mittenti scaricano la policy.
mta-sts-record-changed = Se il dominio ha già una policy, l'ordine è lo stesso: prima il file, poi il record con il nuovo `id`. Finché l'`id` resta uguale, i mittenti possono continuare a usare la policy che conservano.
tls-rpt-record = Pubblicare il record TXT `{ $name }`: una volta al giorno i mittenti comunicheranno com'è andata la consegna.
tls-rpt-missing = Chiedere anche i report, altrimenti nessuno segnalerà le consegne fallite: Sigillo prepara anche questo record (`tls-rpt generate`, o la pagina con questo nome).
mx-hosts = Verificare che ogni host MX offra STARTTLS con TLS 1.2 o successivo e un certificato valido che nomini l'host come lo nomina il record MX.
from-testing = Restare in `testing` per almeno due settimane e leggere i report. Quando nessuno mostra più un errore che dipende dal proprio dominio, generare di nuovo con la modalità `enforce`.
in-enforce = Da ora in poi i mittenti non consegnano a nessun host che non corrisponda alla policy. Prima di cambiare gli host MX pubblicare una policy che elenchi i vecchi e i nuovi, attendere che trascorra il `max_age` della policy precedente (qui { $max_age } secondi), cambiare i record MX e solo allora togliere i pattern vecchi.
none-wait = Lasciare al loro posto il file e il record finché non è scaduta ogni policy che i mittenti possono conservare: il `max_age` più lungo mai servito, contato dal suo ultimo giorno, più i { $ttl } secondi per cui il record viene conservato.
none-remove = Poi togliere il record TXT `{ $name }` e, dopo, il file e il nome `{ $host }`.

dmarc-record = Pubblicare il record TXT `{ $name }`, e uno solo: con due record a quel nome il dominio non ha una policy DMARC.
dmarc-external = `{ $target }` è fuori dal dominio: chi lo gestisce deve pubblicare il record TXT `{ $name }`, altrimenti i server riceventi non gli inviano report.
dmarc-none = Raccogliere i report per un periodo da due a quattro settimane e fare in modo che tutto ciò che spedisce a nome del dominio superi SPF o DKIM con un dominio allineato al proprio.
dmarc-quarantine-test = Quando la posta legittima supera i controlli, chiedere `quarantine` in modalità di prova: i server riceventi applicano la policy un livello più in basso, cioè per ora senza effetto, ma segnalano nei report che cosa succederebbe. I server riceventi che non conoscono ancora `t=y` applicano la policy per intero; la forma compatibile aggiunge `pct=0` per loro.
dmarc-quarantine = Se i report restano puliti per due settimane, togliere la modalità di prova: la posta che non supera i controlli viene trattata come sospetta.
dmarc-reject-test = Dopo altre due settimane pulite chiedere `reject` in modalità di prova: i server riceventi mettono in quarantena ciò che non supera i controlli. I server riceventi che non conoscono ancora `t=y` applicano la policy per intero; la forma compatibile aggiunge `pct=0` per loro.
dmarc-reject = Quando nulla di legittimo fallisce più, togliere la modalità di prova: la posta che non supera i controlli viene rifiutata. Un dominio i cui utenti scrivono a mailing list, o la cui posta viene inoltrata, dovrebbe restare a `quarantine` finché non si sa che cosa `reject` fermerebbe (RFC 9989 §7.4). Continuare a leggere i report.

# Un commento sopra i record per qualcun altro.
foreign-zone = zona { $zone }: non è la propria, a meno di gestirla; passare questa parte a chi la gestisce
