/** Attributes whose values are secret although a provider, or an older one, does not mark them. */
const SECRET_ATTRIBUTES =
  /(^|_)(password|passwd|passphrase|secret|secret_data|secret_data_wo|secret_key|secret_string|auth_string|private_key|private_key_pem|private_key_openssh|client_secret|client_key|access_token|refresh_token|id_token|auth_token|token|api_key|access_key|signing_key|encryption_key_base64|shared_secret|raw_key|rsa_encrypted_key|key_material|credentials|kubeconfig|connection_string|service_account_key|bearer_token|hmac_key|webhook_url)(_wo)?$/i;

/** Attributes that end like a secret and only say where one is. */
const NO_SECRET_ATTRIBUTES =
  /^(secret|secret_id|secret_name|secret_version|kms_key|password_secret|token_format|can_ip_forward|deletion_policy)$/i;

/** Names of environment variables and of entries in maps that hold a secret. */
const SECRET_NAMES =
  /(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|SECRETS|TOKEN|API_?KEY|SECRET_?KEY|PRIVATE_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|AUTH_?STRING|AUTH|CREDENTIALS?|COOKIE|DSN|WEBHOOK_URL|CONNECTION_STRING|(DATABASE|POSTGRES|POSTGRESQL|REDIS|DB|MONGO|AMQP|BROKER)_UR[LI])$/i;

/** Texts that are secret wherever they stand. */
const SECRET_TEXTS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /"private_key"\s*:/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^/:@\s]*:[^/@\s]+@/i,
  /\bAIza[0-9A-Za-z_-]{30,}/,
  /\bya29\.[0-9A-Za-z_-]{10,}/,
  /\b(ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs]|sk_live|sk-ant|sk-proj)[-_][0-9A-Za-z_-]{10,}/,
  /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\./,
  /hooks\.slack\.com\/services\/\S+/,
];

/** True where an attribute of that name holds a secret. */
export function isSecretAttribute(name: string): boolean {
  return SECRET_ATTRIBUTES.test(name) && !NO_SECRET_ATTRIBUTES.test(name);
}

/** True where the value of a variable or map entry of that name is better not shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name) || /PRIVATE_KEY|PASSWORD|SECRET_KEY/i.test(name);
}

/** True where the text itself gives away that it is a secret. */
export function isSecretText(text: string): boolean {
  return SECRET_TEXTS.some((pattern) => pattern.test(text));
}
