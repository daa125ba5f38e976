# Che cosa fare con i file di una ricetta: un capoverso ciascuno, comandi e nomi fra accenti gravi.

address-of-server = Pubblicare un record A per `{ $host }` con l'indirizzo IPv4 pubblico di questo server, e un record AAAA se è raggiungibile via IPv6.
address-of-host = Pubblicare un record CNAME per `{ $host }` che punti a `{ $target }`, con il proprio nome al posto delle maiuscole.
authority = Se `{ $domain }` o `{ $host }` hanno record CAA, questi devono ammettere `{ $authority }`, altrimenti non verrà emesso alcun certificato.
policy-of-server = Copiare `.well-known/mta-sts.txt` in `/var/www/{ $host }/.well-known/mta-sts.txt`, dove il server web lo possa leggere. Quando la policy cambia, sostituire quel file; non occorre ricaricare nulla.
certificate-by-webroot = Ottenere il certificato: `certbot certonly --webroot -w /var/www/{ $host } -d { $host } --deploy-hook "systemctl reload { $service }"`. Da lì in poi certbot lo rinnova da solo.
cached = { $title } lascia che le cache tengano ogni file per 10 minuti, e non si può cambiare: dopo una modifica della policy aspettare altrettanto prima di cambiare l'`id` nel record DNS.
leaving = Prima di abbandonare questo sito, togliere il record CNAME: chi prendesse il nome rimasto libero presso il fornitore potrebbe pubblicare una policy per `{ $domain }`.
verify = Verificare: `curl -i https://{ $host }/.well-known/mta-sts.txt` deve mostrare lo stato 200, il tipo `text/plain` e la policy stessa (i mittenti non seguono i reindirizzamenti). Poi lasciare che `sigillo check { $domain }` guardi il resto.

nginx-long-name = Il nome dell'host è più lungo di quanto nginx si aspetti se serve anche altri siti: mettere `server_names_hash_bucket_size { $bucket };` nel blocco `http` di `/etc/nginx/nginx.conf`.
nginx-http = Copiare `nginx/mta-sts-http.conf` in `/etc/nginx/conf.d/{ $host }-http.conf` ed eseguire `nginx -t && systemctl reload nginx`. Risponde all'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet, e a nessun altro.
nginx-https = Copiare `nginx/mta-sts.conf` in `/etc/nginx/conf.d/{ $host }.conf` ed eseguire di nuovo `nginx -t && systemctl reload nginx`; aprire la porta 443 nel firewall.

apache-modules = Attivare i moduli che Debian lascia spenti: `a2enmod ssl headers && systemctl restart apache2`.
apache-http = Copiare `apache/mta-sts-http.conf` in `/etc/apache2/sites-available/{ $host }-http.conf` ed eseguire `a2ensite { $host }-http && systemctl reload apache2`. Risponde all'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet, e a nessun altro.
apache-https = Copiare `apache/mta-sts.conf` in `/etc/apache2/sites-available/{ $host }.conf` ed eseguire `a2ensite { $host } && systemctl reload apache2`; aprire la porta 443 nel firewall.

caddy-site = Aggiungere `caddy/mta-sts.caddyfile` in fondo a `/etc/caddy/Caddyfile` ed eseguire `systemctl reload caddy`. Caddy ottiene il certificato e lo rinnova; le porte 80 e 443 devono essere raggiungibili da Internet.

haproxy-policy = Copiare `.well-known/mta-sts.txt` in `/etc/haproxy/mta-sts/{ $host }.txt`. HAProxy lo legge all'avvio: dopo una modifica della policy sostituire il file ed eseguire `systemctl reload haproxy`. (Oltre i 15 kB circa serve anche un `tune.bufsize` più grande.)
haproxy-http = Copiare `haproxy/mta-sts-http.cfg` in `/etc/haproxy/mta-sts/`, scrivere `EXTRAOPTS="-S /run/haproxy-master.sock -f /etc/haproxy/mta-sts"` in `/etc/default/haproxy` ed eseguire `systemctl restart haproxy`. Passa a certbot le richieste dell'autorità di certificazione sulla porta 80, che dev'essere raggiungibile da Internet.
haproxy-certificate = Copiare `haproxy/deploy-hook.sh` in `/etc/haproxy/mta-sts/`, renderlo eseguibile e ottenere il certificato: `certbot certonly --standalone --http-01-address 127.0.0.1 --http-01-port 8402 -d { $host } --deploy-hook /etc/haproxy/mta-sts/deploy-hook.sh`. Lo script unisce certificato e chiave come li vuole HAProxy; da lì in poi certbot rinnova da solo.
haproxy-https = Copiare `haproxy/mta-sts.cfg` in `/etc/haproxy/mta-sts/` ed eseguire `systemctl reload haproxy`; aprire la porta 443 nel firewall.
haproxy-shared = Dove HAProxy ha già un frontend sulla porta 80 o 443 (altri siti, altri domini) non aggiungerne un secondo: dare anche questo certificato alla sua riga `bind` e copiarvi la riga `http-request return` o, sulla porta 80, la riga `acl` e un `use_backend mta-sts-certbot if challenge`.

traefik-up = Mettere `compose.yaml` e la cartella `.well-known` l'uno accanto all'altra sul server ed eseguirvi `docker compose up -d`. Traefik ottiene il certificato e lo rinnova; la porta 443 dev'essere raggiungibile da Internet. Quando la policy cambia, sostituire il file; non occorre riavviare nulla.
traefik-shared = Dove Traefik è già in funzione, prendere solo il servizio `policy`, con i nomi del proprio entry point e del proprio certificate resolver nelle etichette.

worker-deploy = La zona di `{ $domain }` dev'essere su Cloudflare. Togliere ogni record per `{ $host }`, poi eseguire `npx wrangler deploy` nella cartella con `worker.js` e `wrangler.toml`: crea il record DNS e il certificato.
worker-settings = Nel pannello, impostare a 1.2 la versione minima di TLS della zona, aggiungere una regola di configurazione che spenga il Browser Integrity Check per `{ $host }` e lasciare spento il Bot Fight Mode, da cui nessuna regola esonera un host: i server di posta non sono browser e resterebbero chiusi fuori.
worker-change = La policy sta dentro `worker.js`: quando cambia, rifare la ricetta e pubblicarla di nuovo.

github-repository = Caricare i file nella radice di un repository pubblico: `.well-known/mta-sts.txt`, `CNAME` e il file vuoto `.nojekyll`, senza il quale le cartelle che iniziano con un punto vengono tralasciate. Poi, in Settings, Pages, scegliere "Deploy from a branch" con la cartella `/ (root)`.
github-domain = Verificare `{ $domain }` in Settings, Pages del proprio account, perché nessun altro possa rivendicare il nome; quando c'è il certificato, spuntare "Enforce HTTPS" nel repository.

gitlab-repository = Caricare `.gitlab-ci.yml` e `public/.well-known/mta-sts.txt` in un progetto; la pipeline del suo ramo predefinito pubblica la cartella `public`. In Settings, General, la visibilità di Pages dev'essere "Everyone".
gitlab-domain = In Deploy, Pages aggiungere il dominio `{ $host }`, pubblicare il record TXT mostrato per la verifica, lasciare attivo "Automatic certificate management" e non rendere primario un altro dominio: la policy verrebbe reindirizzata lì.

netlify-site = Caricare `netlify.toml` e `public/.well-known/mta-sts.txt` in un repository da cui Netlify pubblichi, oppure eseguire `npx netlify-cli deploy --prod` nella cartella.
netlify-domain = In Domain management aggiungere `{ $host }` e renderlo il dominio primario, perché nulla venga reindirizzato; Netlify ottiene il certificato.

cloudfront-deploy = Eseguire `sh s3-cloudfront/deploy.sh` con la AWS CLI già autenticata; `s3-cloudfront/template.yaml` crea un bucket privato, il certificato e la distribuzione in `us-east-1`, dove li vuole CloudFront. Se il dominio è servito da Route 53, impostare prima `HOSTED_ZONE_ID`: tutti i record DNS vengono allora creati da sé. Altrimenti lo script aspetta che venga pubblicato il CNAME mostrato da AWS Certificate Manager nella sua console.
cloudfront-address = Se il dominio non è servito da Route 53, pubblicare il record CNAME per `{ $host }` che lo script mostra alla fine.
cloudfront-change = Quando la policy cambia, eseguire di nuovo lo script. CloudFront non tiene alcuna copia della policy, quindi la modifica è subito visibile.

azure-deploy = Creare una Static Web App e pubblicare la cartella: `npx @azure/static-web-apps-cli deploy public --env production --deployment-token TOKEN`. Azure rifiuta i siti senza `public/index.html`; la configurazione risponde 404 per quel file.
azure-domain = In Custom domains dell'app aggiungere `{ $host }`; Azure lo verifica con il CNAME e ottiene il certificato.

sigillo-configuration = Unire `sigillo.toml` a `/etc/sigillo/sigillo.toml`, controllarlo con `sigillo config check /etc/sigillo/sigillo.toml` e avviare `sigillo serve`. Il ruolo di hosting ottiene e rinnova da sé i certificati; le porte 80 e 443 devono essere raggiungibili da Internet.
sigillo-policy = Dare al ruolo di hosting il dominio e la sua policy, `.well-known/mta-sts.txt`; `sigillo host --help` dice come. Serve quanti domini si vogliono.
