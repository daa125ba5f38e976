# Che cosa fare con i file di una ricetta: un capoverso ciascuno, nomi e percorsi fra accenti gravi. I
# comandi di un capoverso stanno in src/recipe/steps.rs e vengono mostrati sotto di esso.

server-files = Portare i file di questa ricetta sul server (si possono avere anche tutti in una cartella o in un archivio). I comandi qui sotto vanno eseguiti lì da root, nella cartella con i file.
address-of-server = Pubblicare un record A per `{ $host }` con l'indirizzo IPv4 pubblico di questo server, e un record AAAA se è raggiungibile via IPv6.
address-of-host = Pubblicare un record CNAME per `{ $host }` che punti a `{ $target }`, con il nome del proprio account, sito o app al posto della parte in maiuscolo.
address-given = Ora pubblicare i record per `{ $host }` elencati sopra.
authority = Se `{ $domain }` o `{ $host }` hanno record CAA, questi devono ammettere `{ $authority }`, altrimenti non verrà emesso alcun certificato.
policy-of-server = Mettere la policy dove il server web la possa leggere. Quando la policy cambia, rifarlo; non occorre ricaricare nulla.
certificate-by-webroot = Ottenere il certificato. Da lì in poi certbot lo rinnova da solo.
cached = { $title } lascia che le cache tengano ogni file per 10 minuti, e non si può cambiare: dopo una modifica della policy aspettare altrettanto prima di cambiare l'`id` nel record DNS.
leaving = Prima di abbandonare questo sito, spostare la policy o ritirarla con la modalità `none`, poi togliere il record CNAME: chi prendesse il nome rimasto libero presso il fornitore potrebbe pubblicare una policy per `{ $domain }`.
verify = Verificare: la risposta deve mostrare lo stato 200, il tipo `text/plain` e la policy stessa (i mittenti non seguono i reindirizzamenti).

nginx-long-name = Il nome dell'host è più lungo di quanto nginx si aspetti se serve anche altri siti: mettere `server_names_hash_bucket_size { $bucket };` nel blocco `http` di `/etc/nginx/nginx.conf`.
nginx-http = Far rispondere nginx all'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet. Per questo nome lì non risponde a nient'altro.
nginx-https = Servire la policy, e aprire la porta 443 nel firewall.

apache-modules = Attivare i moduli che Debian lascia spenti.
apache-http = Far rispondere Apache all'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet. Per questo nome lì non risponde a nient'altro.
apache-https = Servire la policy, e aprire la porta 443 nel firewall.

caddy-site = Aggiungere il sito alla configurazione di Caddy, una volta sola. Caddy ottiene il certificato e lo rinnova; le porte 80 e 443 devono essere raggiungibili da Internet.

haproxy-policy = Mettere la policy in una cartella tutta sua accanto alla configurazione di HAProxy. HAProxy la legge all'avvio: quando la policy cambia, rifarlo e ricaricare HAProxy. (Oltre i 15 kB circa serve anche un `tune.bufsize` più grande.)
haproxy-shared = Dove HAProxy ha già un frontend sulla porta 80 o 443 (altri siti, altri domini), non aggiungere come secondo quello qui sotto: dare anche questo certificato alla riga `bind` che c'è già e copiarvi la riga `http-request return` o, sulla porta 80, la riga `acl` e un `use_backend mta-sts-certbot if challenge`.
haproxy-http = Far passare a certbot, tramite HAProxy, le richieste dell'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet. Se `/etc/default/haproxy` imposta già `EXTRAOPTS`, aggiungervi `-f /etc/haproxy/mta-sts` invece del secondo comando.
haproxy-certificate = Ottenere il certificato. Lo script unisce certificato e chiave come li vuole HAProxy; da lì in poi certbot rinnova da solo.
haproxy-https = Servire la policy, e aprire la porta 443 nel firewall.

traefik-shared = Dove Traefik è già in funzione, prendere da `compose.yaml` solo il servizio `policy`, con i nomi del proprio entry point e del proprio certificate resolver nelle etichette.
traefik-up = Mettere `compose.yaml` e la cartella `.well-known` l'uno accanto all'altra sul server e avviare lì i servizi. Traefik ottiene il certificato e lo rinnova; la porta 443 dev'essere raggiungibile da Internet. Quando la policy cambia, sostituire il file; non occorre riavviare nulla.

worker-address-given = Sopra non è elencato alcun record per `{ $host }`, benché sia stato chiesto: Cloudflare ne crea uno suo insieme al Worker.
worker-deploy = La zona di `{ $domain }` dev'essere su Cloudflare. Togliere ogni record che c'è per `{ $host }`, poi pubblicare dalla cartella con `worker.js` e `wrangler.toml`: così vengono creati il record DNS e il certificato.
worker-settings = Nel pannello, impostare a 1.2 la versione minima di TLS della zona, aggiungere una regola di configurazione che spenga il Browser Integrity Check per `{ $host }` e lasciare spento il Bot Fight Mode, da cui nessuna regola esonera un host: i server di posta non sono browser e resterebbero chiusi fuori.
worker-change = La policy sta dentro `worker.js`: quando cambia, generare di nuovo la ricetta e pubblicarla di nuovo.

github-verify = Verificare `{ $domain }` in Settings, Pages del proprio account (non del repository), con il record TXT mostrato lì, perché nessun altro possa rivendicare il nome.
github-repository = Caricare i file nella radice di un repository pubblico: `.well-known/mta-sts.txt`, `CNAME` e il file vuoto `.nojekyll`, senza il quale le cartelle che iniziano con un punto vengono tralasciate. Poi, in Settings, Pages del repository, scegliere "Deploy from a branch" con la cartella `/ (root)` e controllare che `{ $host }` vi compaia sotto "Custom domain".
github-https = Quando GitHub ha controllato il record e ottenuto il certificato, spuntare "Enforce HTTPS" nel repository.

gitlab-repository = Caricare `.gitlab-ci.yml` e `public/.well-known/mta-sts.txt` in un progetto; la pipeline del suo ramo predefinito pubblica la cartella `public`. In Settings, General, la visibilità di Pages dev'essere "Everyone".
gitlab-domain = In Deploy, Pages aggiungere il dominio `{ $host }` e pubblicare il record TXT mostrato per la verifica, perché nessun altro possa rivendicare il nome. Lasciare attivo "Automatic certificate management" e non rendere primario un altro dominio: la policy verrebbe reindirizzata lì.

netlify-site = Caricare `netlify.toml` e `public/.well-known/mta-sts.txt` in un repository da cui Netlify pubblichi, oppure pubblicare la cartella che li contiene:
netlify-domain = In Domain management aggiungere `{ $host }` prima che qualsiasi record porti a Netlify, perché nessun altro possa rivendicare il nome, e renderlo il dominio primario, perché nulla venga reindirizzato. Quando c'è il record CNAME, Netlify ottiene il certificato.

cloudfront-deploy = Eseguire lo script con la AWS CLI già autenticata; `s3-cloudfront/template.yaml` crea un bucket privato, il certificato e la distribuzione in `us-east-1`, dove li vuole CloudFront. Se il dominio è servito da Route 53, impostare prima `HOSTED_ZONE_ID`: tutti i record DNS vengono allora creati da sé. Altrimenti lo script aspetta che venga pubblicato il CNAME mostrato da AWS Certificate Manager nella sua console.
cloudfront-address = Se il dominio non è servito da Route 53, pubblicare il record CNAME per `{ $host }` che lo script mostra alla fine.
cloudfront-address-given = Se il dominio non è servito da Route 53, pubblicare il record per `{ $host }` elencato sopra; deve portare al nome che lo script mostra alla fine.
cloudfront-change = Quando la policy cambia, eseguire di nuovo lo script. CloudFront non tiene alcuna copia della policy, quindi la modifica è subito visibile.

azure-deploy = Creare una Static Web App e pubblicare la cartella `public`, con il token di pubblicazione dell'app al posto di `TOKEN`. Azure rifiuta i siti senza `public/index.html`; la configurazione risponde 404 per quel file.
azure-domain = In Custom domains dell'app aggiungere `{ $host }`; Azure lo verifica con il CNAME e ottiene il certificato.

sigillo-not-yet = Il ruolo di hosting non fa ancora parte di questa versione di Sigillo, e `sigillo.toml` è la sua configurazione per quando ne farà parte. Fino ad allora scegliere un'altra ricetta.
sigillo-configuration = Poi unire `sigillo.toml` a `/etc/sigillo/sigillo.toml`. Il ruolo di hosting ottiene e rinnova da sé i certificati; le porte 80 e 443 devono essere raggiungibili da Internet.
sigillo-policy = Dare al ruolo di hosting il dominio e la sua policy, `.well-known/mta-sts.txt`. Serve quanti domini si vogliono.
