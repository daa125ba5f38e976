#!/bin/sh
set -eu
umask 077
certificates=/etc/haproxy/certs
mkdir -p "$certificates"
cat "$RENEWED_LINEAGE/fullchain.pem" "$RENEWED_LINEAGE/privkey.pem" > "$certificates/@POLICY_HOST@.new"
mv -f "$certificates/@POLICY_HOST@.new" "$certificates/@POLICY_HOST@.pem"
systemctl reload haproxy
