#!/bin/sh
set -eu
cd "$(dirname "$0")"
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
stack=@SLUG@

aws cloudformation deploy --stack-name "$stack" --template-file template.yaml \
    --no-fail-on-empty-changeset \
    ${HOSTED_ZONE_ID:+--parameter-overrides "HostedZoneId=$HOSTED_ZONE_ID"}

output() {
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

aws s3 cp ../.well-known/mta-sts.txt "s3://$(output Bucket)/.well-known/mta-sts.txt" \
    --content-type "text/plain; charset=utf-8" --cache-control no-cache
echo "@POLICY_HOST@ CNAME $(output Target)"
