# Che cosa fanno oggi i mittenti con la posta per il dominio: una frase per ogni verdetto e per la sua causa principale.

summary-enforced = I mittenti che usano MTA-STS consegnano la posta per { $domain } solo su connessioni cifrate e verificate, { $total ->
    [one] e il suo host MX supera la verifica
    [2] ed entrambi i suoi host MX superano la verifica
   *[other] e tutti i suoi { $total } host MX superano la verifica
 }.
summary-enforced-unseen = I mittenti che usano MTA-STS consegnano la posta per { $domain } solo su connessioni cifrate e verificate; { $total ->
    [one] il suo host MX da qui non si è potuto esaminare
   *[other] dei suoi { $total } host MX, { $count ->
        [0] da qui non se n'è potuto esaminare nessuno
        [one] da qui se n'è potuto esaminare uno, che supera la verifica
       *[other] da qui se ne sono potuti esaminare { $count }, che superano la verifica
     }
 }.
summary-enforced-mx-unknown = I mittenti che usano MTA-STS consegnano la posta per { $domain } solo su connessioni cifrate e verificate; quali host MX abbia, da qui non si sa.
summary-enforced-no-mail = Nessuno consegna posta per { $domain }, perché il suo null MX dichiara che non ne riceve; la policy in enforce non cambia nulla.
summary-testing = I mittenti consegnano in ogni caso la posta per { $domain }, perché la policy è in modalità testing; in modalità enforce la consegnerebbero comunque, dato che { $total ->
    [one] il suo host MX supera la verifica
    [2] entrambi i suoi host MX superano la verifica
   *[other] tutti i suoi { $total } host MX superano la verifica
 }.
summary-testing-failing = I mittenti consegnano in ogni caso la posta per { $domain }, perché la policy è in modalità testing; in modalità enforce quelli che usano MTA-STS non consegnerebbero { $total ->
    [one] al suo host MX
   *[other] a { $count ->
        [one] uno
       *[other] { $count }
     } dei suoi { $total } host MX
 } ({ $names }).
summary-testing-unseen = I mittenti consegnano in ogni caso la posta per { $domain }, perché la policy è in modalità testing; da qui non è stato possibile vedere se in modalità enforce tutti i suoi host MX supererebbero la verifica.
summary-testing-no-mail = Nessuno consegna posta per { $domain }, perché il suo null MX dichiara che non ne riceve; la policy in modalità testing non cambia nulla.
summary-disabled = I mittenti consegnano la posta per { $domain } come se MTA-STS non ci fosse, perché la modalità della policy è none.
summary-broken-several = I mittenti trovano { $count } record MTA-STS per { $domain } e non ne usano nessuno; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-record = I mittenti non possono usare il record MTA-STS di { $domain }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-policy-host = I mittenti trovano il record MTA-STS di { $domain }, ma non raggiungono { $host }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-tls = I mittenti trovano il record MTA-STS di { $domain }, ma non ottengono una sessione TLS con { $host }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-certificate = I mittenti trovano il record MTA-STS di { $domain }, ma rifiutano il certificato di { $host }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-http = I mittenti trovano il record MTA-STS di { $domain }, ma non ricevono una policy da { $host }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-broken-policy = I mittenti trovano il record MTA-STS di { $domain }, ma non possono usare la policy servita da { $host }; quelli che non conservano una policy precedente consegnano la posta come se MTA-STS non ci fosse.
summary-failing-all = I mittenti che usano MTA-STS non consegnano la posta per { $domain }: { $total ->
    [one] il suo host MX ({ $names }) non rispetta
   *[other] nessuno dei suoi { $total } host MX ({ $names }) rispetta
 } la policy in enforce, perciò i messaggi attendono e alla fine tornano indietro.
summary-failing-some = I mittenti che usano MTA-STS non consegnano la posta per { $domain } a { $count ->
    [one] uno
   *[other] { $count }
 } dei suoi { $total } host MX ({ $names }) a causa della policy in enforce; la posta dipende dagli altri.
summary-absent = I mittenti consegnano la posta per { $domain } anche quando la cifratura non riesce o qualcuno lungo il percorso la impedisce: senza MTA-STS niente dice loro di pretenderla.
summary-absent-record = { $domain } non ha MTA-STS: non c'è alcun record in { $name }, perciò il resto non è stato guardato.
summary-absent-dane = I mittenti consegnano la posta per { $domain } senza MTA-STS; quelli che usano DANE verificano { $count ->
    [one] uno dei suoi host MX
   *[other] { $count } dei suoi host MX
 }, gli altri consegnano anche quando la cifratura non riesce.
summary-absent-misplaced = I mittenti consegnano la posta per { $domain } senza MTA-STS, perché non trovano il record destinato a loro.
summary-absent-with-policy = I mittenti consegnano la posta per { $domain } senza MTA-STS, perché nessun record li informa della policy su { $host }.
summary-absent-no-mail = Nessuno consegna posta per { $domain }, perché il suo null MX dichiara che non ne riceve; MTA-STS non serve.
summary-absent-no-domain = Nessuno consegna posta per { $domain }, perché il dominio non esiste.
summary-unknown-record = Non si sa che cosa facciano i mittenti con la posta per { $domain }, perché l'interrogazione di { $name } non è riuscita: { $reason }.
summary-unknown-bogus = Non si sa che cosa facciano i mittenti con la posta per { $domain }, perché la risposta per { $name } non supera la validazione: { $reason }.
summary-unknown-policy = Non si sa che cosa facciano i mittenti con la posta per { $domain }: ha un record MTA-STS, ma da qui non è stato possibile esaminare { $host }.

# Che cosa ha visto ogni controllo, dove riesce o viene saltato; dove fallisce, parla la segnalazione.

check-and-more = { $message } (e altre { $count })
check-nowhere = Il dominio non esiste
check-dns-unknown = L'interrogazione di { $name } non è riuscita: { $reason }
check-dns = { $count ->
    [one] Una domanda ha avuto risposta
   *[other] { $count } domande hanno avuto risposta
 }
check-record = Il record in { $name } ha l'id { $id }
check-record-broken = In { $name } non c'è un record valido
check-record-absent = In { $name } non c'è un record MTA-STS
check-policy-host = { $host } risponde a { $addresses }
check-policy-host-unseen = { $host } non è stato raggiunto
check-tls = { $version } con { $cipher }
check-tls-unseen = Non c'è stata una sessione TLS con l'host della policy
check-certificate = Il certificato per { $host } è emesso da { $issuer } e vale fino al { $date }
check-certificate-unseen = L'host della policy non ha mostrato un certificato
check-http = Stato { $status }, tipo { $type }
check-http-unseen = L'host della policy non ha risposto
check-policy = Modalità { $mode }, { $lines ->
    [one] una riga mx
   *[other] { $lines } righe mx
 }: { $mx }
check-policy-unseen = Non c'era una policy da leggere
check-mode = La modalità è { $mode }; i mittenti conservano la policy per { $days ->
    [0] meno di un giorno
    [one] un giorno
   *[other] { $days } giorni
 }
check-mode-unseen = Non c'è una policy che i mittenti usino
check-mx-covered = La policy nomina { $count ->
    [one] l'host MX
   *[other] gli host MX
 }: { $names }
check-mx = { $count ->
    [one] Un host MX
   *[other] { $count } host MX
 }: { $names }
check-mx-null = Un null MX dichiara che il dominio non riceve posta
check-subdomains = { $count ->
    [0] Nessuno dei sottodomini più comuni ha record MX
    [one] Un sottodominio ha record MX
   *[other] { $count } sottodomini hanno record MX
 }
check-subdomains-unseen = Nessun sottodominio è stato esaminato
check-smtp = Host MX che rispondono sulla porta 25: { $count } su { $total }
check-smtp-not-looked = Gli host MX non sono stati esaminati, come richiesto
check-smtp-unseen = Da qui non è stato possibile esaminare nessun host MX
check-starttls = Host MX che usano TLS dopo STARTTLS: { $count } su { $total }
check-mx-certificate = Host MX che hanno mostrato un certificato: { $count } su { $total }
check-dane = Host MX con record TLSA che i mittenti usano: { $count } su { $total }
check-dane-absent = Non è stato trovato nessun record TLSA
check-tls-rpt = C'è un record TLS-RPT in { $name }
check-tls-rpt-absent = Non c'è un record TLS-RPT in { $name }
check-reports = I mittenti segnalano gli errori della policy in enforce
check-reports-unasked = Nessuna policy in modalità enforce richiede report
check-dmarc = C'è un record DMARC in { $name }
check-dmarc-absent = Non c'è un record DMARC

# Come si chiama ogni controllo.

label-dns = DNS
label-record = Record MTA-STS
label-policy-host = Host della policy
label-tls = TLS
label-certificate = Certificato
label-http = Risposta HTTP
label-policy = Policy
label-mode = Modalità
label-mx = Host MX
label-subdomain-not-covered = Sottodomini
label-smtp = SMTP
label-starttls = STARTTLS
label-mx-certificate = Certificati MX
label-dane = DANE
label-tls-rpt = Record TLS-RPT
label-enforce-without-reports = Report di errore
label-dmarc = Record DMARC

# The verdicts and the outcomes of checks, by name.

verdict-enforced = MTA-STS è in vigore
verdict-testing = MTA-STS è in prova
verdict-disabled = MTA-STS è disattivato
verdict-broken = MTA-STS è guasto
verdict-failing = MTA-STS fallisce
verdict-absent = senza MTA-STS
verdict-unknown = non si è potuto guardare
about-mta-sts = Con MTA-STS (RFC 8461) un dominio chiede ai mittenti di consegnare solo su connessioni cifrate e verificate, e solo ai server di posta (host MX) che indica.
findings = Rilievi
checks = Controlli
status-pass = ok
status-fail = errore
status-warn = avviso
status-skip = saltato
