import { shellWord } from "../values/words.ts";
import type { TerraformError } from "./diagnostics.ts";
import { gateFailed, gateFailure } from "./gate-failure.ts";

interface KnownFailure {
  readonly kind: string;
  /** Matches summary and detail, on one line. */
  readonly pattern: RegExp;
  /** One sentence with the remedy. */
  readonly sentence: (found: Found) => string;
}

interface Found {
  readonly error: TerraformError;
  /** All of the error's text on one line. */
  readonly text: string;
  /** Starts a Terraform command in the stack's folder. */
  readonly command: string;
  /** " (google_redis_instance.cache)", or empty. */
  readonly at: string;
}

/** What goes wrong again and again, in the order in which it is looked for: the more special first. */
const known: readonly KnownFailure[] = [
  {
    // First, because its report may hold any of the words below.
    kind: "preflight",
    pattern: gateFailed,
    sentence: ({ error }) => gateFailure(error.detail),
  },
  {
    kind: "locked",
    // Where the lock cannot be written for another reason, there is no holder.
    pattern: /Error acquiring the state lock.*Lock Info:/,
    sentence: ({ text, command }) => {
      const operation = field(text, "Operation").replace("OperationType", "").toLowerCase();
      const id = field(text, "ID");
      return `The state is locked by ${field(text, "Who")} since ${field(text, "Created")} (${operation}, lock id ${id}): wait until that run has ended, then run the same command again. Only where it certainly runs no more: ${command} force-unlock ${shellWord(id)}`;
    },
  },
  {
    kind: "state-not-saved",
    pattern: /Failed to (save|persist) state|errored\.tfstate/,
    sentence: ({ command }) =>
      `Terraform has changed resources and could not write its state, which it left in errored.tfstate in the stack's folder: keep that file, restore access to the state, then ${command} state push errored.tfstate`,
  },
  {
    // Before the state that cannot be read: it is whole, and must not be restored.
    kind: "encrypted",
    pattern:
      /(?:state|plan) file is encrypted|decryption failed for (?:all provided methods|state|plan)|without an encryption configuration/i,
    sentence: () =>
      "The state or the plan is encrypted, and this run has no encryption set up, or another key: set TF_ENCRYPTION to the configuration with which it was written, then run the same command again.",
  },
  {
    kind: "broken-state",
    pattern:
      /Unsupported state file format|state file could not be parsed|does not have a "version" attribute/,
    sentence: () =>
      "The state cannot be read: restore its last version (the .tfstate.backup next to a local one, an earlier version of the object in the bucket), then run the same command again.",
  },
  {
    kind: "stale-plan",
    pattern: /Saved plan is stale|different state lineage/,
    sentence: () =>
      "The saved plan is stale, because the state was changed after the plan was made: nothing of it was applied. Run the same command again: it plans and reviews again.",
  },
  {
    kind: "prevented-destroy",
    pattern: /Instance cannot be destroyed|prevent_destroy set, but|deletion_?protection/i,
    sentence: ({ text, at }) =>
      `${/Resource (?:instance )?(\S+) has/.exec(text)?.[1] ?? `A resource${at}`} would be destroyed, and is protected: take the change back, or, where it is wanted, write protection: false in the environment and deploy that first.`,
  },
  {
    kind: "no-credentials",
    pattern: /could not find default credentials|No credentials loaded/,
    sentence: () =>
      'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN; in CI the workflow must sign in first.',
  },
  {
    kind: "expired-credentials",
    pattern:
      /invalid_grant|invalid_rapt|reauth related|token (?:has )?expired|invalid authentication credentials|Invalid Credentials|UNAUTHENTICATED|\b401\b.*(?:authError|Unauthorized)/i,
    sentence: () =>
      'The Google credentials have expired or are not valid: run "gcloud auth application-default login" again, or set a new GOOGLE_OAUTH_ACCESS_TOKEN.',
  },
  {
    kind: "no-bucket",
    pattern: /bucket doesn't exist|specified bucket does not exist/i,
    sentence: () =>
      "The bucket for the state (state.bucket of the environment; with a delivery also the owner's) does not exist: npm run bootstrap creates it, then run the same command again.",
  },
  {
    kind: "api-disabled",
    pattern: /SERVICE_DISABLED|accessNotConfigured|has not been used in project|API .*is disabled/i,
    sentence: ({ text, at }) =>
      `The API ${/([a-z]+\.googleapis\.com)/.exec(text)?.[1] ?? "that is asked"} is not enabled${at}: where stack foundation has just enabled it, run the same command again in some minutes; otherwise deploy foundation first.`,
  },
  {
    kind: "no-secret-version",
    pattern: /Secret \S*secrets\/\S+ was not found|secrets\/[^/\s]+\/versions\/\S+.*not found/i,
    sentence: ({ text, at }) =>
      `A secret has no value yet${at}: ${/secrets\/([^/\s]+)/.exec(text)?.[1] ?? "its name is unknown"}. "npm run secrets -- ENVIRONMENT" lists those that are missing, with the commands; then run the same command again.`,
  },
  {
    kind: "no-image",
    pattern: /Image '[^']+' not found/,
    sentence: ({ text, at }) =>
      `The image ${/Image '([^']+)'/.exec(text)?.[1] ?? ""} is not in the registry${at}: push it, or write the digest of one that is there, then run the same command again.`,
  },
  {
    kind: "nothing-to-import",
    pattern: /Cannot import non-existent remote object/,
    sentence: ({ text }) =>
      `The environment declares as existing what does not exist (${/existing object to "([^"]+)"/.exec(text)?.[1] ?? shortened(text)}): remove it from "existing", or fix its name or the project.`,
  },
  {
    kind: "no-billing",
    pattern: /billing (?:to be|must be) enabled|BILLING_DISABLED|Billing account .* not (?:found|open)/i,
    sentence: () =>
      "The project has no billing account in force: link one to it in the console, then run the same command again.",
  },
  {
    kind: "quota",
    pattern: /quota ?exceeded|QUOTA_EXCEEDED|RESOURCE_EXHAUSTED|rateLimitExceeded|Quota '[^']+' exceeded/i,
    sentence: ({ text, at }) =>
      `A quota of the project is used up${at}: ${shortened(text)} Ask for more in the console under "Quotas", or lower the number in the environment, then run the same command again.`,
  },
  {
    kind: "permission-denied",
    pattern: /PERMISSION_DENIED|\b403\b|does not have .*permission|forbidden/i,
    sentence: ({ text, at }) =>
      `The account may not do this${at}: ${shortened(text)} Give it the role that holds the permission (docs/deployment.md), then run the same command again.`,
  },
  {
    kind: "exists",
    pattern: /\b409\b.*already exists|alreadyExists|ALREADY_EXISTS/i,
    sentence: ({ error, text, at }) =>
      error.address.startsWith("google_cloud_run_v2_job.preflight-")
        ? `The job exists already${at}, as after a creation that failed because its image or a secret version was missing: ${shortened(text)} It holds nothing: delete it (gcloud run jobs delete), then run the same command again.`
        : `It exists already and is not in the state${at}: ${shortened(text)} Declare it as existing (npm run adopt -- ENVIRONMENT), or delete it, then run the same command again.`,
  },
  {
    kind: "backend-changed",
    pattern: /Backend configuration changed|backend type .* changed|migrat(?:e|ing) .*state/i,
    sentence: ({ command }) =>
      `The place of the state was changed: take the state along with ${command} init -migrate-state, then run the same command again.`,
  },
  {
    kind: "not-initialized",
    pattern:
      /Required plugins are not installed|initialization required|Inconsistent dependency lock file|locked provider .* does not match/i,
    sentence: ({ command }) =>
      `The stack's folder is not initialized for this version of the provider: ${command} init -upgrade, then run the same command again.`,
  },
  {
    kind: "wrong-checksum",
    pattern: /match any of the checksums/i,
    sentence: ({ text }) =>
      `The registry or mirror gives out another provider than the one whose checksum is checked in (${/package for (\S+)/.exec(text)?.[1] ?? "terraform/provider-locks.ts"}): nothing was installed. Find out why; where it is a mirror's own build, add its checksum to .terraform.lock.hcl in the stack's folder (terraform providers lock).`,
  },
  {
    kind: "no-provider",
    pattern:
      /Failed to (?:query available provider packages|install provider)|could not (?:connect to|query provider) registry|Failed to (?:resolve|obtain) provider/i,
    sentence: ({ text }) =>
      `The provider cannot be downloaded (${/: ([^:]+(?:: [^:]+)?)$/.exec(text.replace(/ To see which modules.*$/, ""))?.[1] ?? shortened(text)}): check the way to registry.terraform.io, or name a mirror in the Terraform CLI configuration.`,
  },
  {
    kind: "wrong-version",
    pattern:
      /Unsupported Terraform Core version|created by (?:a different|Terraform v)|newer Terraform version|state snapshot was created by/i,
    sentence: ({ text }) =>
      `This is another version of Terraform than the one that is needed: ${shortened(text)} Install that one, or set TERRAFORM_BINARY_NAME to it.`,
  },
  {
    kind: "network",
    pattern: /no such host|connection refused|i\/o timeout|TLS handshake timeout|network is unreachable/i,
    sentence: ({ text, at }) =>
      `Google does not answer${at} (${shortened(text)}): check the network, then run the same command again.`,
  },
  {
    kind: "interrupted",
    pattern: /operation canceled|execution halted|context canceled|Apply (?:was )?interrupted/i,
    sentence: ({ at }) =>
      `It was interrupted${at}; what was made until then is in the state. Run the same command again: it plans what is left and goes on.`,
  },
];

/** The error in a sentence; undefined where it is none of the known ones. */
export function knownFailure(
  error: TerraformError,
  command: string,
): { readonly kind: string; readonly sentence: string } | undefined {
  const text = `${error.summary} ${error.detail}`.replace(/\s+/g, " ").trim();
  const found = known.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  const at = error.address === "" ? "" : ` at ${error.address}`;
  return { kind: found.kind, sentence: found.sentence({ error, text, command, at }) };
}

/** A field of "Lock Info: ID: ... Path: ... Operation: ... Who: ... Version: ... Created: ... Info:". */
function field(text: string, name: string): string {
  const info = /Lock Info:(.*)$/.exec(text)?.[1] ?? "";
  return (
    new RegExp(`\\b${name}: (.*?)(?= (?:ID|Path|Operation|Who|Version|Created|Info):|$)`)
      .exec(info)?.[1]
      ?.trim() ?? ""
  );
}

/** Characters of Terraform's own words within a sentence. */
const MAX_TEXT_LENGTH = 300;

function shortened(text: string): string {
  const short = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)} ...` : text;
  return /[.!?]$/.test(short) ? short : `${short}.`;
}
