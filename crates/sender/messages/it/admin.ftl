# Che cosa può andare storto quando comandi o altri programmi chiedono al mittente.

problem-no-such-path = a questo percorso non c'è nulla
problem-no-such-path-help = La documentazione dice che cosa si può chiedere qui.
problem-method-not-allowed = con questo percorso non si può fare
problem-method-not-allowed-help = La documentazione dice i metodi di ogni percorso.
problem-bad-query = la query non è leggibile: { $reason }
problem-bad-query-help = `fresh` e `dry_run` sono `true` o `false`, `limit` è un numero, `after` un dominio.
problem-not-text = il percorso non è testo
problem-not-text-help = Va scritto in UTF-8, con i segni di percentuale per ciò che un percorso non può avere.
problem-not-a-domain = "{ $name }" non è un nome di dominio
problem-not-a-domain-help = Indicare un nome come `example.com`.
problem-not-a-next-hop = "{ $name }" non è un next hop
problem-not-a-next-hop-help = Indicarlo come fa Postfix: `example.com`, `[mail.example.com]` o `[mail.example.com]:587`.
problem-fresh-elsewhere = qui non si può chiedere una nuova ricerca
problem-fresh-elsewhere-help = Chiedere senza `fresh`, oppure usare `sigillo query --fresh` sulla macchina stessa.
problem-not-in-cache = di { $domain } non c'è nulla in memoria
problem-not-in-cache-help = `sigillo query { $domain }` lo fa cercare.
problem-store-failing = l'archivio ora non può farlo: { $reason }
problem-store-failing-help = I server di posta ricevono risposta comunque; controllare il database, poi riprovare.
problem-stopping = il servizio sta per terminare
problem-stopping-help = Riprovare quando è di nuovo attivo.
problem-body-broken = le righe non sono arrivate fino in fondo: { $reason }
problem-body-broken-help = Ciò che è arrivato prima è stato preso; inviare di nuovo tutto.

# Che cosa può non andare in una riga di un'importazione.

line-too-long = è più lunga di { $value } byte
line-malformed = non è un oggetto JSON come quelli che scrive `sigillo cache export`
line-no-field = manca `{ $name }`
line-wrong-field = il valore di `{ $name }` non è tra quelli possibili
line-domain = "{ $value }" non è un nome di dominio
line-id = "{ $value }" non è un id di policy: al massimo 32 lettere e cifre
line-future = è stata scaricata nel futuro ({ $value })
line-policy = la sua policy non è utilizzabile da un mittente ({ $value })
