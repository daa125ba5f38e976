# Perché un mittente fa ciò che fa per un next hop.

reason-policy-forced = Le eccezioni impongono una policy per { $domain }; ciò che il dominio pubblica non conta.
reason-mta-sts-skipped = Le eccezioni escludono MTA-STS per { $domain }, qualunque cosa il dominio pubblichi.
reason-dane-skipped = Le eccezioni escludono DANE per { $domain }: i suoi record TLSA non contano.
reason-policy-pinned = Le eccezioni fissano la policy di { $domain }: conta anche se è scaduta.
reason-policy-enforces = La policy MTA-STS è in modalità enforce: la posta deve andare solo agli host che nomina e che hanno un certificato valido.
reason-policy-tests = La policy MTA-STS è in modalità testing: la posta viene consegnata comunque e i problemi vengono solo segnalati.
reason-policy-none = La policy MTA-STS è in modalità none: non chiede nulla.
reason-policy-unrefreshed = Ciò che l'host della policy offre ora non si può ottenere; vale ancora la policy scaricata prima.
reason-no-record = { $domain } non ha un record MTA-STS, o nessuno che i mittenti possano usare.
reason-policy-unfetched = { $domain } ha un record MTA-STS, ma la sua policy non si può ottenere e nessuna è in memoria: è come se non ci fosse.
reason-record-unknown = Il DNS non dice se { $domain } ha un record MTA-STS; vale solo ciò che è in memoria.
reason-dane-off = Nessuno cerca DANE: è disattivato, le risposte dei name server non sono convalidate, o la porta è sconosciuta.
reason-dane-none = Nessun host MX ha record TLSA che contino.
reason-dane-all = Tutti gli host MX hanno record TLSA utilizzabili, e DANE viene prima di MTA-STS.
reason-dane-partial = Solo alcuni host MX hanno record TLSA utilizzabili.
reason-dane-unusable = Ci sono record TLSA, ma nessuno è utilizzabile: la cifratura è comunque obbligatoria.
reason-mx-unknown = Il DNS non dice quali host MX ci sono.
reason-tlsa-unknown = Il DNS non dice se un host MX ha record TLSA, quindi la posta deve attendere: potrebbe essere dirottata.
reason-dane-remembered = Ora il DNS non risponde; l'ultima volta tutti gli host MX avevano record TLSA utilizzabili.
reason-parent = "{ $domain }" sta per tutto ciò che è sotto un dominio; le policy non valgono per i sottodomini.
reason-address = "{ $domain }" è un indirizzo; le policy esistono solo per i nomi.
reason-not-a-domain = "{ $domain }" non è un nome di dominio a cui si possa spedire posta.
reason-dry-run = Il servizio è in prova (`dry_run`): ai server di posta viene detto invece `NOTFOUND`.
