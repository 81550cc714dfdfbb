#!/usr/bin/env bash
#
# Makes a complete export of IBM Cloud accounts for kmsguard. Made by `kmsguard collect`; it only reads.
#
#   ibmcloud login [--sso]
#   bash collect.sh [--out FOLDER] [--private] [--policies] [ACCOUNT…]
#   kmsguard inventory FOLDER
#
# Accounts: those named on the command line, else those named when this script was made, else the one that the login
# targets. The login must be able to switch to each of them with `ibmcloud target -c ACCOUNT`.
#
# It needs bash 3.2 or later, curl, jq 1.5 or later, and ibmcloud, logged in. It uses that login: the token goes from
# `ibmcloud` to `curl` on standard input and is never printed, written to a file or an argument of a program.
#
# The least roles that it needs, none above Viewer and Reader:
# @roles@
#
# What it does not see:
#   - Keys that were granted one by one: lists of keys leave them out. Grant Reader on the instance.
#   - Authorizations that this login may not read: IAM leaves them out and does not say so.
#   - Instances whose network settings refuse this machine. `--private` uses the private endpoints.
#   - Policies of keys and of KMS instances (rotation, dual authorization, allowed network): Key Protect shows those to
#     Manager only. Do not grant that for this script; a login that has it anyway may add `--policies`.
#   - Keys that buckets, clusters and applications use without registering it.
#
# A call that fails does not end the run: it is in the manifest `kmsguard-export.json`, and kmsguard reads what it should
# have brought as unknown. Run the script again to repeat only the calls that failed; to collect anew, take another folder.
#
# Options: --out FOLDER   where to write (a folder of its own)
#          --private      use the private endpoints of KMS instances
#          --policies     also read the policies of keys and KMS instances (Manager)
#
# Exit codes: 0 all was collected · 1 some calls failed · 2 it could not start

{ set +x; } 2>/dev/null # A trace would show the token.
set -u
umask 077

# @version@
# @folder@
PRIVATE=no
POLICIES=no
CHOSEN=
TRIES=5
RETRY_SECONDS=${KMSGUARD_RETRY_SECONDS:-2} # Before the second try; doubled before each later one.
LONGEST_WAIT=60
MOST_PAGES=100000

say() { printf '%s\n' "$*" >&2; }

# The accounts named when the script was made: an id a line, then a name.
named_accounts() {
  cat <<'KMSGUARD_ACCOUNTS'
# @accounts@
KMSGUARD_ACCOUNTS
}

# Fetches a token for the account that is targeted.
fetch_token() {
  local form='^Bearer [A-Za-z0-9._~+/=-]+$'
  TOKEN=$(ibmcloud iam oauth-tokens --output json 2>/dev/null | jq -r '.iam_token // empty' 2>/dev/null)
  [[ $TOKEN =~ $form ]]
}

# The message of an error answer, in one short line.
said() {
  jq -r '[.errors[0]?.message?, .errors[0]?.code?, .resources[0]?.errorMsg?, .message?, .errorMessage?]
    | map(select(type == "string")) | first // empty' "$WORK/body" 2>/dev/null | tr -d '\r' | tr '\n' ' ' | cut -c 1-300
}

# How long to wait before try number $1, in seconds; the service may ask for more.
wait_before() {
  local seconds=$RETRY_SECONDS step=2 asked
  while [ "$step" -lt "$1" ]; do
    seconds=$((seconds * 2))
    step=$((step + 1))
  done
  asked=$(tr -d '\r' <"$WORK/headers" | awk 'tolower($1) == "retry-after:" && $2 ~ /^[0-9]+$/ { print $2 }' | tail -n 1)
  if [ -n "$asked" ] && [ "${#asked}" -lt 6 ] && [ "$RETRY_SECONDS" -gt 0 ] && [ "$asked" -gt "$seconds" ]; then
    seconds=$asked
  fi
  if [ "$seconds" -gt "$LONGEST_WAIT" ]; then seconds=$LONGEST_WAIT; fi
  sleep "$seconds"
}

# The token goes to services of IBM Cloud only, whatever an answer says.
is_ibm() {
  local form='^https://[A-Za-z0-9.-]+\.(cloud\.ibm\.com|appdomain\.cloud)(:[0-9]+)?/[A-Za-z0-9._~%/?&=,:+-]*$'
  [[ $1 =~ $form ]]
}

# One GET: the answer in $WORK/body, its status in STATUS, and in ERROR what went wrong. $2 is the GUID of a KMS instance.
request() {
  local url=$1 instance=$2 try=1 renewed=no code
  STATUS=0
  if ! is_ibm "$url"; then
    ERROR='the address is not one of IBM Cloud'
    : >"$WORK/body"
    return 1
  fi
  while :; do
    ERROR=
    : >"$WORK/body"
    : >"$WORK/headers"
    STATUS=$(
      {
        printf 'url = "%s"\n' "$url"
        printf 'header = "Authorization: %s"\n' "$TOKEN"
        if [ -n "$instance" ]; then printf 'header = "Bluemix-Instance: %s"\n' "$instance"; fi
      } | curl --config - --silent --globoff --proto '=https' --connect-timeout 20 --max-time 300 \
        --header 'Accept: application/json' --user-agent "kmsguard-collect/$VERSION" \
        --dump-header "$WORK/headers" --output "$WORK/body" --write-out '%{http_code}' 2>/dev/null
    )
    code=$?
    if [ "$code" -ne 0 ]; then
      STATUS=0
      ERROR="the connection failed (curl ends with $code)"
    elif [ "$STATUS" = 200 ]; then
      if jq -e . "$WORK/body" >/dev/null 2>&1; then return 0; fi
      ERROR='the answer is not JSON'
    elif [ "$STATUS" = 401 ] && [ "$renewed" = no ]; then
      renewed=yes
      if fetch_token; then continue; fi
      ERROR='the login has expired: log in again with ibmcloud login'
      return 1
    else
      ERROR="status $STATUS: $(said)"
      case $STATUS in
        429 | 5??) ;;
        *) return 1 ;;
      esac
    fi
    if [ "$try" -ge "$TRIES" ]; then return 1; fi
    try=$((try + 1))
    wait_before "$try"
  done
}

# Whether an earlier run made this file.
is_done() { [ -f "$FOLDER/$1" ] && grep -Fqx -- "$1" "$WORK/done"; }

# Begins the rows of a file. Their first line keeps kmsguard from reading what is not finished.
begin() {
  mkdir -p "$(dirname "$FOLDER/$1")" || exit 2
  printf '# not finished\n' >"$PART"
}

# Puts the rows that were read into their place, as a list in the member $2.
finish() {
  awk -v member="$2" '
    NR == 1 { printf "{\"%s\":[", member; next }
    { printf "%s\n%s", (NR == 2 ? "" : ","), $0 }
    END { printf "%s]}\n", (NR > 1 ? "\n" : "") }' "$PART" >"$PART.json.tmp" &&
    mv -f "$PART.json.tmp" "$FOLDER/$1"
  rm -f "$PART"
}

# Puts the error answer into the place of a file; one that is not in the words of IBM's services is written in them.
finish_error() {
  if ! jq -c 'select(type == "object" and (has("errors") or has("errorMsg") or has("errorMessage") or has("errorCode")))' \
    "$WORK/body" >"$PART.json.tmp" 2>/dev/null || [ ! -s "$PART.json.tmp" ]; then
    jq -n -c --arg code "$STATUS" --arg message "$ERROR" '{errors: [{code: $code, message: $message}]}' >"$PART.json.tmp"
  fi
  mv -f "$PART.json.tmp" "$FOLDER/$1"
  rm -f "$PART"
}

# Writes down a call: FILE KIND URL STATUS PAGES ROWS TOTAL ERROR. TOTAL and ERROR may be empty.
record() {
  jq -n -c --arg file "$1" --arg kind "$2" --arg url "$3" --arg status "$4" --arg pages "$5" --arg rows "$6" \
    --arg total "$7" --arg error "$8" --arg account "$account" --arg name "$account_name" --arg region "$region" \
    --arg instance "$crn" \
    '{file: $file, kind: $kind, account: $account}
      + (if $name == "" then {} else {account_name: $name} end)
      + (if $region == "" then {} else {region: $region} end)
      + (if $instance == "" then {} else {instance: $instance} end)
      + {url: $url, status: ($status | tonumber), pages: ($pages | tonumber), rows: ($rows | tonumber)}
      + (if $total == "" then {} else {total: ($total | tonumber)} end)
      + (if $error == "" then {} else {error: $error} end)' >>"$JOURNAL"
  if [ -n "$8" ]; then
    FAILED=$((FAILED + 1))
    say "  failed: $1: $8"
  fi
}

# The manifest: the last record of each file. A record that was cut off is none.
write_manifest() {
  jq -R -n --arg started "$STARTED" --arg finished "$1" \
    '[inputs | fromjson? | select(type == "object")]
      | {manifest_version: 1, started_at: $started}
        + (if $finished == "" then {} else {finished_at: $finished} end)
        + {calls: (group_by(.file) | map(last | select(.kind != "login" or .error != null)))}' "$JOURNAL" >"$PART.manifest.tmp" &&
    mv -f "$PART.manifest.tmp" "$FOLDER/kmsguard-export.json"
}

# The token of the next page, as the answer gives it; nothing on the last page.
NEXT='def token: if type == "object" then (if has("start") then (.start | @uri) else (.href | token) end)
    elif type == "string" and . != "" then (split("start=")[1] // "?" | split("&")[0])
    else "" end;
  if type == "object" then (.next_url | token) + (.next | token) else "" end'

# Reads all pages of a list, or the first: FILE KIND ROWS PAGING URL. ROWS is the member of the rows.
list() {
  local file=$1 kind=$2 member=$3 paging=$4 base=$5
  local url=$5 pages=0 rows=0 total='' next='' before='' page_rows
  if is_done "$file"; then return 0; fi
  if [ "$paging" = object ]; then
    object "$file" "$kind" "$url"
    return 0
  fi
  begin "$file"
  while request "$url" "$guid"; do
    if ! jq -c --arg member "$member" '.[$member] | if type == "array" then .[] else error("none") end' \
      "$WORK/body" >"$WORK/rows" 2>/dev/null; then
      ERROR="the answer has no list in $member"
      break
    fi
    page_rows=$(($(wc -l <"$WORK/rows")))
    cat "$WORK/rows" >>"$PART"
    pages=$((pages + 1))
    rows=$((rows + page_rows))
    if [ "$pages" -ge "$MOST_PAGES" ]; then
      ERROR="the list has more than $MOST_PAGES pages"
      break
    fi
    if [ "$paging" = offset ]; then
      total=$(jq -r '.metadata.totalCount? // empty | select(type == "number")' "$WORK/body")
      if [ "$page_rows" -eq 0 ] || { [ -n "$total" ] && [ "$rows" -ge "$total" ]; }; then break; fi
      url="$base&offset=$rows"
    elif [ "$paging" = first ]; then
      break
    else
      next=$(jq -r "$NEXT" "$WORK/body")
      if [ -z "$next" ]; then break; fi
      if [ "$next" = '?' ] || [ "$next" = "$before" ]; then
        ERROR='the list goes on, and its answer does not say where'
        break
      fi
      before=$next
      case $base in
        *\?*) url="$base&start=$next" ;;
        *) url="$base?start=$next" ;;
      esac
    fi
  done
  if [ -z "$ERROR" ]; then
    # The last page proves the number of rows where the service does not state it.
    finish "$file" "$member"
    record "$file" "$kind" "$base" "$STATUS" "$pages" "$rows" "${total:-$rows}" ''
  elif [ "$pages" -gt 0 ]; then
    finish "$file" "$member"
    record "$file" "$kind" "$base" "$STATUS" "$pages" "$rows" "$total" "$ERROR"
  else
    finish_error "$file"
    record "$file" "$kind" "$base" "$STATUS" 0 0 '' "$ERROR"
  fi
}

# Reads an answer that is one object: FILE KIND URL. Where there is nothing to read, status 404 says so.
object() {
  begin "$1"
  if request "$3" "$guid"; then
    jq -c . "$WORK/body" >>"$PART"
    sed 1d "$PART" >"$PART.json.tmp" && mv -f "$PART.json.tmp" "$FOLDER/$1"
    rm -f "$PART"
    record "$1" "$2" "$3" "$STATUS" 1 1 1 ''
  elif [ "$STATUS" = 404 ]; then
    finish "$1" resources
    record "$1" "$2" "$3" "$STATUS" 0 0 '' ''
  else
    finish_error "$1"
    record "$1" "$2" "$3" "$STATUS" 0 0 '' "$ERROR"
  fi
}

# Asks for many objects and puts the answers into one list: FILE KIND MEMBER URL. For each line of $WORK/ids, URL is asked
# with {id} filled in. An answer with a list in `resources` gives its rows.
each() {
  local file=$1 kind=$2 base=$4 asked=0 answered=0 rows=0 first='' status=200 id mark='{id}' url
  if is_done "$file" || [ ! -s "$WORK/ids" ]; then return 0; fi
  begin "$file"
  while IFS= read -r id <&3; do
    asked=$((asked + 1))
    url=${base%%"$mark"*}$id${base#*"$mark"}
    if request "$url" "$guid"; then
      jq -c 'if (.resources? | type) == "array" then .resources[] else . end' "$WORK/body" >"$WORK/rows"
      cat "$WORK/rows" >>"$PART"
      answered=$((answered + 1))
      rows=$((rows + $(wc -l <"$WORK/rows")))
    else
      status=$STATUS
      if [ -z "$first" ]; then first=$ERROR; fi
    fi
  done 3<"$WORK/ids"
  if [ "$answered" -eq "$asked" ]; then
    finish "$file" "$3"
    record "$file" "$kind" "$base" 200 "$asked" "$rows" "$rows" ''
    return 0
  fi
  ERROR="$((asked - answered)) of $asked answers are missing: $first"
  STATUS=$status
  if [ "$answered" -gt 0 ]; then finish "$file" "$3"; else finish_error "$file"; fi
  record "$file" "$kind" "$base" "$status" "$answered" "$rows" '' "$ERROR"
}

# Every instance by itself: lists may leave `parameters` and `extensions` out. Some hundreds of them make a file, so that a
# run that was ended goes on where it was.
instance_details() {
  local count=0 part=0 from
  for from in "$FOLDER/$account/resource-instances.json" "$FOLDER/$account/resource-instances-deleted.json"; do
    if [ -f "$from" ]; then jq -r '.resources[]? | .id // .crn | select(type == "string") | @uri' "$from"; fi
  done 2>/dev/null | sort -u >"$WORK/instances"
  count=$(($(wc -l <"$WORK/instances")))
  while [ $((part * 200)) -lt "$count" ]; do
    sed -n "$((part * 200 + 1)),$((part * 200 + 200))p" "$WORK/instances" >"$WORK/ids"
    part=$((part + 1))
    each "$account/instance-details/$(printf '%05d' "$part").json" resource-instances resources \
      'https://resource-controller.cloud.ibm.com/v2/resource_instances/{id}'
  done
}

# The KMS instances with the address of each, a line each: GUID, region, CRN, endpoint. Dedicated instances and those of
# Hyper Protect Crypto Services have addresses of their own, in `extensions.endpoints`: what KP_TARGET_ADDR would hold.
# GUID and region name a folder, so they are letters, digits and hyphens; kmsguard tells of an instance that was passed over.
kms_instances() {
  local from
  for from in "$FOLDER/$account/instance-details/"*.json "$FOLDER/$account/resource-instances.json"; do
    if [ -f "$from" ]; then
      jq -r --arg which "$1" '.resources[]? | select((.crn | type) == "string" and .state != "removed" and .state != "pending_reclamation")
        | (.crn | split(":")) as $crn | select($crn[4] == "kms" or $crn[4] == "hs-crypto")
        | select([$crn[5], $crn[7]] | all(test("^[A-Za-z0-9-]+$")))
        | ((.extensions.endpoints?[$which]? | strings) // "") as $known
        | (if $which == "private" then "private." else "" end) as $private
        | (if $known != "" then $known
           elif $crn[4] == "hs-crypto" then "\($crn[7]).api.\($private)\($crn[5]).hs-crypto.appdomain.cloud"
           else "\($private)\($crn[5]).kms.cloud.ibm.com" end | ltrimstr("https://") | rtrimstr("/")) as $host
        | [$crn[7], $crn[5], .crn, "https://\($host)"] | join(" ")' "$from"
    fi
  done 2>/dev/null | awk '!seen[$1]++'
}

collect_account() {
  account=$1
  account_name=$2
  region=
  guid=
  crn=
  say "account $account${account_name:+ ($account_name)}"
  mkdir -p "$FOLDER/$account" || exit 2
  ibmcloud target -c "$account" </dev/null >/dev/null 2>&1
  SWITCHED=yes
  if [ "$(ibmcloud target --output json 2>/dev/null | jq -r '.account.guid // empty' 2>/dev/null)" != "$account" ] || ! fetch_token; then
    STATUS=0
    ERROR='the login cannot switch to this account'
    : >"$WORK/body"
    finish_error "$account/login.json"
    record "$account/login.json" login "ibmcloud target -c $account" 0 0 0 '' "$ERROR"
    write_manifest ''
    return 0
  fi
  if [ -f "$FOLDER/$account/login.json" ]; then
    rm -f "$FOLDER/$account/login.json"
    record "$account/login.json" login "ibmcloud target -c $account" 200 0 0 '' ''
  fi

  # @account-calls@
  # IAM answers an empty list to a caller who may see nothing: any other policy shows that this one may see some.
  if [ "$(jq -r '.policies? | length' "$FOLDER/$account/iam-authorizations.json" 2>/dev/null)" = 0 ]; then
    list "$account/iam-access-policies.json" iam-access-policies policies first \
      "https://iam.cloud.ibm.com/v1/policies?account_id=$account&type=access&limit=1"
  fi
  instance_details

  kms_instances "$(if [ "$PRIVATE" = yes ]; then echo private; else echo public; fi)" >"$WORK/kms"
  while read -r guid region crn endpoint <&4; do
    say "  $crn"
    kms_calls
    if [ "$POLICIES" = yes ]; then policy_calls; fi
    write_manifest ''
  done 4<"$WORK/kms"

  guid=
  crn=
  region=us-south
  list "$account/vpc/regions.json" vpc-regions regions start \
    "https://us-south.iaas.cloud.ibm.com/v1/regions?version=$VPC_VERSION&generation=2"
  jq -r '.regions[]? | [.name, .endpoint] | select(all(type == "string")) | select(.[0] | test("^[a-z0-9-]+$")) | join(" ")' \
    "$FOLDER/$account/vpc/regions.json" >"$WORK/regions" 2>/dev/null
  while read -r region endpoint <&4; do
    vpc_calls
  done 4<"$WORK/regions"
  region=
  write_manifest ''
}

kms_calls() {
  # @kms-calls@
  :
}

vpc_calls() {
  # @vpc-calls@
  :
}

# Policies, for a login that is Manager anyway.
policy_calls() {
  list "$account/kms/$guid/instance-policies.json" kms-instance-policies resources start "$endpoint/api/v2/instance/policies"
  jq -r '.resources[]? | select(.state != 5) | .id | select(type == "string") | @uri' \
    "$FOLDER/$account/kms/$guid/keys.json" >"$WORK/ids" 2>/dev/null
  each "$account/kms/$guid/key-policies.json" kms-key-policies resources "$endpoint/api/v2/keys/{id}/policies"
}

clean_up() {
  if [ -n "${JOURNAL-}" ] && [ -f "$JOURNAL" ] && [ -z "$FINISHED" ]; then write_manifest ''; fi
  if [ "$SWITCHED" = yes ] && [ -n "$ORIGINAL" ]; then ibmcloud target -c "$ORIGINAL" </dev/null >/dev/null 2>&1; fi
  rm -rf "$WORK"
  if [ -n "${PART-}" ]; then rm -f "$PART" "$PART".*; fi
}

main() {
  local program first rest
  while [ $# -gt 0 ]; do
    case $1 in
      --out)
        if [ $# -lt 2 ]; then
          say '--out needs a folder'
          exit 2
        fi
        FOLDER=$2
        shift
        ;;
      --private) PRIVATE=yes ;;
      --policies) POLICIES=yes ;;
      --help | -h)
        sed -n '2,/^$/p' "$0" | sed 's/^# \{0,1\}//'
        exit 0
        ;;
      -*)
        say "no such option: $1"
        exit 2
        ;;
      *)
        if ! [[ $1 =~ ^[0-9a-f]{32}$ ]]; then
          say "not an account id: $1"
          exit 2
        fi
        CHOSEN="$CHOSEN$1
"
        ;;
    esac
    shift
  done
  for program in ibmcloud curl jq; do
    if ! command -v "$program" >/dev/null 2>&1; then
      say "$program is not installed"
      exit 2
    fi
  done

  FOLDER=${FOLDER%/}
  STARTED=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  FAILED=0
  FINISHED=
  SWITCHED=no
  TOKEN=
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/kmsguard.XXXXXX") || exit 2
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  ORIGINAL=$(ibmcloud target --output json 2>/dev/null | jq -r '.account.guid // empty' 2>/dev/null)
  {
    if [ -n "$CHOSEN" ]; then printf '%s' "$CHOSEN"; else named_accounts; fi
  } >"$WORK/accounts"
  if [ ! -s "$WORK/accounts" ]; then
    if [ -z "$ORIGINAL" ]; then
      say 'no account is targeted: log in with ibmcloud login, or name an account'
      exit 2
    fi
    printf '%s\n' "$ORIGINAL" >"$WORK/accounts"
  fi

  mkdir -p "$FOLDER" || exit 2
  PART="$FOLDER/.kmsguard-part"
  rm -f "$PART" "$PART".*
  JOURNAL="$FOLDER/.kmsguard-journal"
  if [ -f "$JOURNAL" ]; then
    STARTED=$(sed -n '1s/^# started //p' "$JOURNAL")
    # A run that was ended while it wrote may have left a line without its end.
    printf '\n' >>"$JOURNAL"
  else
    printf '# started %s\n' "$STARTED" >"$JOURNAL"
  fi
  jq -R -n -r '[inputs | fromjson? | select(type == "object")] | group_by(.file) | map(last)[] | select(.error == null) | .file' \
    "$JOURNAL" >"$WORK/done"

  while read -r first rest <&5; do
    collect_account "$first" "$rest"
  done 5<"$WORK/accounts"

  FINISHED=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  write_manifest "$FINISHED"
  if [ "$FAILED" -gt 0 ]; then
    say "$FAILED calls failed; run this again to repeat them. What there is: kmsguard inventory $FOLDER --keep-going"
    exit 1
  fi
  say "done: kmsguard inventory $FOLDER"
}

main "$@"
