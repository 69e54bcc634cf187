import process from "node:process";
import { describe, expect, test } from "@jest/globals";
import type { Terraform } from "../../terraform/binary.ts";
import { failureLines, type StackFailure, stackFailure } from "../../terraform/failure.ts";

const terraform: Terraform = { command: "terraform", product: "Terraform", version: "1.11.4", env: {} };
const stack = {
  name: "staging-data",
  folder: `${process.cwd()}/out/stacks/staging-data`,
  dependencies: [],
  hash: "",
};

/** As `terraform ... -json` writes it. */
function told(summary: string, detail = "", address?: string): StackFailure {
  const diagnostic = { severity: "error", summary, detail, ...(address === undefined ? {} : { address }) };
  const line = JSON.stringify({ "@level": "error", type: "diagnostic", diagnostic });
  return stackFailure(stack, "plan", `{"type":"version"}\n${line}\n`, terraform);
}

const LOCK = `resource temporarily unavailable
Lock Info:
  ID:        b8a1d1f7-0be7-5ac1-a9a2-49b2bca1cd33
  Path:      ../../../terraform.staging-data.tfstate
  Operation: OperationTypeApply
  Who:       anna@laptop
  Version:   1.11.4
  Created:   2026-11-21 12:30:01.34 +0000 UTC
  Info:


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.`;

describe("what others wrote", () => {
  test("becomes one word of a command", () => {
    const { sentence } = told(
      "Error acquiring the state lock",
      `Error message: ${LOCK.replace(/ID: .*/, "ID: $(touch x)")}`,
    );
    expect(sentence).toMatch(/force-unlock '\$\(touch x\)'$/);
  });

  test("is masked where its form is that of a secret", () => {
    expect(told("Error", "could not clone https://app:hunter2@git.example.com/x").sentence).not.toContain(
      "hunter2",
    );
  });

  test.each([
    '{"diagnostic": null}',
    '{"diagnostic": {"severity": "error", "summary": {}}}',
    '{"diagnostic": 5}',
  ])("in another shape is no error: %s", (line) => {
    expect(stackFailure(stack, "plan", line, terraform).kind).toBe("unknown");
  });
});

describe("a known failure is one sentence with the remedy", () => {
  test("locked state: who, since when, and how to unlock", () => {
    expect(told("Error acquiring the state lock", `Error message: ${LOCK}`)).toMatchObject({
      kind: "locked",
      sentence:
        "The state is locked by anna@laptop since 2026-11-21 12:30:01.34 +0000 UTC (apply, lock id b8a1d1f7-0be7-5ac1-a9a2-49b2bca1cd33): wait until that run has ended, then run the same command again. Only where it certainly runs no more: terraform -chdir=out/stacks/staging-data force-unlock b8a1d1f7-0be7-5ac1-a9a2-49b2bca1cd33",
    });
  });

  describe("the gate", () => {
    const gate = (ended: string, output: string): StackFailure =>
      told("local-exec provisioner error", `Error running command 'gate.cjs': ${ended}. Output: ${output}`);

    test("its report is told whole, whatever words stand in it", () => {
      const report =
        "Preflight of staging failed: no service was changed.\nbackend: failed\n  HTTP 403 forbidden";
      expect(gate("exit status 1", `auth: started\n\n${report}\n`)).toMatchObject({
        kind: "preflight",
        sentence: report,
      });
    });

    test.each([
      ['exec: "node": executable file not found in $PATH', "", /^The gate needs Node 20 or newer/],
      [
        "exit status 1",
        "Error: Cannot find module '/a/stacks/x/gate.cjs'",
        /^The gate's program, gate.cjs, is not/,
      ],
      ["signal: killed", "auth: started", /^The preflight was interrupted/],
      ["exit status 2", "PREFLIGHT_GATE is not a plan", /^PREFLIGHT_GATE is not a plan$/],
    ])("where it did not run, why: %s", (ended, output, sentence) => {
      expect(gate(ended, output).sentence).toMatch(sentence);
    });

    test("a job that a failed creation left is to be deleted, not adopted", () => {
      const failure = told(
        "Error creating Job: googleapi: Error 409: Resource already exists",
        "",
        "google_cloud_run_v2_job.preflight-auth_95E6905F",
      );
      expect(failure).toMatchObject({
        kind: "exists",
        sentence: expect.stringContaining("gcloud run jobs delete"),
      });
    });
  });

  test.each([
    "Unsupported state file format: This state file is encrypted and can not be read without an encryption configuration",
    "Error loading state: decryption failed for all provided methods: attempted decryption failed for state: cipher: message authentication failed",
    "the given plan file is encrypted and requires a valid encryption configuration to decrypt",
  ])("what OpenTofu has encrypted is whole, and not to be restored: %s", (summary) => {
    expect(told(summary)).toMatchObject({
      kind: "encrypted",
      sentence: expect.stringContaining("set TF_ENCRYPTION to the configuration with which it was written"),
    });
  });

  test("so is what the init of OpenTofu 1.8 says of it", () => {
    const output =
      "\nInitializing the backend...\n\nError refreshing state: Unsupported state file format: This state file is encrypted and can not be read without an encryption configuration\n";
    expect(stackFailure(stack, "init", output, terraform).kind).toBe("encrypted");
  });

  test.each([
    "Resource google_redis_instance.cache has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.",
    "Resource instance google_redis_instance.cache has prevent_destroy set, but the plan calls for it to be destroyed.",
  ])("a protected resource is named, in the words of Terraform and of OpenTofu: %s", (detail) => {
    expect(told("Instance cannot be destroyed", detail)).toMatchObject({
      kind: "prevented-destroy",
      sentence: expect.stringMatching(/^google_redis_instance\.cache would be destroyed, and is protected:/),
    });
  });

  test("a lock that may not be written is a missing right, not a lock", () => {
    const detail =
      "Error message: googleapi: Error 403: ci@acme.iam.gserviceaccount.com does not have storage.objects.create access to the Google Cloud Storage object., forbidden";
    expect(told("Error acquiring the state lock", detail).kind).toBe("permission-denied");
  });

  test("no credentials, for the provider and for the bucket of the state", () => {
    const sentence =
      'There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN; in CI the workflow must sign in first.';
    const provider = told(
      "Attempted to load application default credentials since neither `credentials` nor `access_token` was set in the provider block.  No credentials loaded. To use your gcloud credentials, run 'gcloud auth application-default login'.  Original error: google: could not find default credentials.",
    );
    const bucket = stackFailure(
      stack,
      "init",
      "Initializing the backend...\n\nError: storage.NewClient() failed: dialing: google: could not find default credentials. See\nhttps://cloud.google.com/docs/authentication/external/set-up-adc for more information\n",
      terraform,
    );
    expect(provider).toMatchObject({ kind: "no-credentials", sentence });
    expect(bucket).toMatchObject({ kind: "no-credentials", sentence, step: "init" });
  });

  test.each<[string, string, string, string]>([
    [
      "expired-credentials",
      'Error when reading Network: oauth2: "invalid_grant" "reauth related error (invalid_rapt)"',
      "",
      "The Google credentials have expired or are not valid",
    ],
    [
      "expired-credentials",
      "googleapi: Error 401: Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
      "",
      "set a new GOOGLE_OAUTH_ACCESS_TOKEN",
    ],
    [
      "no-bucket",
      "Failed to get existing workspaces: querying Cloud Storage failed: storage: bucket doesn't exist",
      "",
      "The bucket for the state (state.bucket of the environment; with a delivery also the owner's) does not exist: npm run bootstrap creates it",
    ],
    [
      "api-disabled",
      "Error creating Instance: googleapi: Error 403: Google Cloud Memorystore for Redis API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/redis.googleapis.com/overview?project=123 then retry.",
      "",
      "The API redis.googleapis.com is not enabled at google_redis_instance.cache: where stack foundation has just enabled it, run the same command again in some minutes",
    ],
    [
      "permission-denied",
      "Error creating Network: googleapi: Error 403: Required 'compute.networks.create' permission for 'projects/p/global/networks/n', forbidden",
      "",
      "The account may not do this at google_redis_instance.cache: Error creating Network: googleapi: Error 403: Required 'compute.networks.create' permission",
    ],
    [
      "quota",
      "Error waiting to create Address: Quota 'STATIC_ADDRESSES' exceeded.  Limit: 8.0 globally.",
      "",
      "A quota of the project is used up at google_redis_instance.cache",
    ],
    [
      "exists",
      "Error creating Service: googleapi: Error 409: Resource 'staging-backend' already exists.",
      "",
      "It exists already and is not in the state at google_redis_instance.cache",
    ],
    [
      "broken-state",
      "Error refreshing state: 2 problems: - Unsupported state file format: The state file could not be parsed as JSON: syntax error at byte offset 2.",
      "",
      "The state cannot be read: restore its last version",
    ],
    [
      "stale-plan",
      "Saved plan is stale",
      "The given plan file can no longer be applied because the state was changed by another operation after the plan was created.",
      "The saved plan is stale, because the state was changed after the plan was made: nothing of it was applied. Run the same command again",
    ],
    [
      "prevented-destroy",
      "Instance cannot be destroyed",
      "Resource google_sql_database_instance.main has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.",
      "google_sql_database_instance.main would be destroyed, and is protected: take the change back, or, where it is wanted, write protection: false in the environment and deploy that first.",
    ],
    [
      "state-not-saved",
      "Failed to save state",
      "Error saving state: 503. The latest state was written to errored.tfstate.",
      "terraform -chdir=out/stacks/staging-data state push errored.tfstate",
    ],
    [
      "not-initialized",
      "Inconsistent dependency lock file",
      "The following dependency selections recorded in the lock file are inconsistent with the current configuration",
      "terraform -chdir=out/stacks/staging-data init -upgrade",
    ],
    [
      "backend-changed",
      "Backend configuration changed",
      "A change in the backend configuration has been detected, which may require migrating existing state.",
      "terraform -chdir=out/stacks/staging-data init -migrate-state",
    ],
    [
      "wrong-version",
      "Unsupported Terraform Core version",
      "This configuration does not support Terraform version 1.5.0.",
      "This is another version of Terraform than the one that is needed",
    ],
    ["interrupted", "execution halted", "", "It was interrupted"],
    [
      "no-secret-version",
      "Error creating Service: googleapi: Error 400: Revision is not ready: Secret projects/p/secrets/jwt-signing-key/versions/1 was not found, invalid",
      "",
      'A secret has no value yet at google_redis_instance.cache: jwt-signing-key. "npm run secrets -- ENVIRONMENT" lists those that are missing',
    ],
    [
      "no-image",
      "Error waiting to create Service: Error code 5, message: Image 'us-docker.pkg.dev/p/r/auth@sha256:12' not found.",
      "",
      "The image us-docker.pkg.dev/p/r/auth@sha256:12 is not in the registry at google_redis_instance.cache: push it",
    ],
    [
      "nothing-to-import",
      "Cannot import non-existent remote object",
      'While attempting to import an existing object to "google_redis_instance.cache", the provider detected that no object exists with the given id.',
      'The environment declares as existing what does not exist (google_redis_instance.cache): remove it from "existing"',
    ],
    [
      "network",
      'Error when reading RedisInstance: Get "https://redis.googleapis.com/v1/x": dial tcp: lookup redis.googleapis.com: no such host',
      "",
      "Google does not answer at google_redis_instance.cache",
    ],
  ])("%s: %s", (kind, summary, detail, sentence) => {
    const failure = told(summary, detail, "google_redis_instance.cache");
    expect(failure.kind).toBe(kind);
    expect(failure.sentence).toContain(sentence);
  });

  test("a provider that cannot be downloaded says why", () => {
    const failure = stackFailure(
      stack,
      "init",
      `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider
hashicorp/google: could not connect to registry.terraform.io: failed to
request discovery document: Get
"https://registry.terraform.io/.well-known/terraform.json": dial tcp: lookup
registry.terraform.io on 10.0.0.1:53: no such host

To see which modules are currently depending on hashicorp/google and what
versions are specified, run the following command:
    terraform providers
`,
      terraform,
    );
    expect(failure).toMatchObject({
      kind: "no-provider",
      sentence:
        "The provider cannot be downloaded (no such host): check the way to registry.terraform.io, or name a mirror in the Terraform CLI configuration.",
    });
  });
});

describe("an unknown failure", () => {
  test("stands in Terraform's own words", () => {
    expect(told("Invalid function argument", "Something new.", "google_x.y")).toMatchObject({
      kind: "unknown",
      sentence: "Invalid function argument (at google_x.y)\nSomething new.",
    });
  });

  test("of a program that was killed shows what it wrote last", () => {
    const { sentence } = stackFailure(stack, "apply", "one\ntwo\n", terraform);
    expect(sentence).toBe("terraform apply ended without an error message; its last words:\none\ntwo");
  });
});

test("of many errors of one kind some are told", () => {
  const lines = Array.from({ length: 60 }, (_, index) => {
    const diagnostic = {
      severity: "error",
      summary: "no such host",
      detail: "",
      address: `google_x.y${index}`,
    };
    return JSON.stringify({ type: "diagnostic", diagnostic });
  });
  const { kind, sentence } = stackFailure(stack, "apply", lines.join("\n"), terraform);
  expect(kind).toBe("network");
  expect(sentence.split("\n")).toEqual([
    "Google does not answer at google_x.y0 (no such host.): check the network, then run the same command again.",
    expect.stringContaining("google_x.y1 "),
    expect.stringContaining("google_x.y2 "),
    "and 57 more of the same kind",
  ]);
});

test("what several stacks share stands once, and every error of a stack is told", () => {
  const other = { ...told("Saved plan is stale"), stack: "staging-edge" };
  const two = { ...told("First", "one"), sentence: "First\nSecond" };
  expect(failureLines([told("Saved plan is stale"), two, other])).toEqual([
    `staging-data, staging-edge: ${other.sentence}`,
    "staging-data: First",
    "  Second",
  ]);
});
