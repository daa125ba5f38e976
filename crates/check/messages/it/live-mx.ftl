# Perché gli MX attuali non danno host da cui fare una policy: ogni messaggio sotto il suo codice e, con -help, il consiglio.

mx-absent = "{ $domain }" non ha record MX
mx-absent-help = Se sta per averne, indicare i pattern o scegliere il fornitore.
mx-null = "{ $domain }" dichiara di non ricevere posta (null MX)
mx-null-help = Un dominio senza posta non ha bisogno di MTA-STS. Se sta per avere host MX, indicare i pattern o scegliere il fornitore.
domain-absent = nel DNS non c'è il dominio "{ $domain }"
domain-absent-help = Controllare come è scritto. Per un dominio futuro, indicare i pattern o scegliere il fornitore.
mx-unknown = i record MX di "{ $domain }" non si possono leggere: { $reason }
mx-unknown-help = Riprovare, oppure indicare i pattern o scegliere il fornitore.
mx-unsafe = i record MX di "{ $domain }" non superano la convalida DNSSEC: { $reason }
mx-unsafe-help = Potrebbero essere falsificati, o le firme della zona sono guaste; chiarirlo prima, o indicare i pattern a mano.
no-answer = nessuna risposta in tempo
