//! Honours MTA-STS (RFC 8461) and DANE (RFC 7672) for sending mail servers: finds out which TLS
//! policy applies to a next hop, remembers it, and answers Postfix and others that ask.
