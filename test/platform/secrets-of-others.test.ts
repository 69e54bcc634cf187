import { expect, test } from "@jest/globals";
import { environmentReport } from "../../commands/synth/report.ts";
import { secretDuties } from "../../delivery/secrets-checklist.ts";
import { versionStates } from "../../google/secret-versions.ts";
import { externalResources } from "../../platform/external-resources.ts";
import { preflightPlan } from "../../platform/preflight/preflight.ts";
import { secretRequirements } from "../../platform/workloads/secrets.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { changedShape } from "../support/changed-shape.ts";

const { environment, plan, issues } = changedShape("vault");
const FOREIGN = "projects/acme-secrets/secrets/";

test("nothing of a secret of another project is created, and Cloud Run reads it by its full name", async () => {
  const synthesis = await synthesize([environment()]);
  const json = (stack: string) =>
    synthesis.stacks.find(({ name }) => name === `vault-${stack}`)?.json.resource;
  const foundation = json("foundation") ?? {};
  expect(Object.values(foundation.google_secret_manager_secret ?? {})).toMatchObject([
    { secret_id: "session-key" },
  ]);
  expect(JSON.stringify(foundation)).not.toMatch(/partner-key|postgres-password/);
  const references = JSON.stringify([json("service-web"), json("service-api"), json("jobs")]);
  expect(references).toContain(`"secret":"${FOREIGN}partner-key","version":"1"`);
  expect(references).toContain(`"secret":"${FOREIGN}postgres-password","version":"3"`);
  expect(references).toContain('"secret":"session-key"');
  expect(references).not.toMatch(/"secret":"(partner-key|postgres-password)"/);
  discard(synthesis);
});

test("what its owner grants is printed whole: the value to each reader, the versions to who deploys", () => {
  const member = (name: string) => `serviceAccount:vault-${name}-run@acme-web.iam.gserviceaccount.com`;
  const grant = (secret: string, who: string, role: string) =>
    `gcloud secrets add-iam-policy-binding ${secret} --project=acme-secrets --member=${who} --role=roles/secretmanager.${role}`;
  const commands = [
    grant("postgres-password", member("api"), "secretAccessor"),
    grant("postgres-password", member("report"), "secretAccessor"),
    grant("postgres-password", "user:PERSON", "viewer"),
    grant("partner-key", member("web"), "secretAccessor"),
    grant("partner-key", member("api"), "secretAccessor"),
    grant("partner-key", "user:PERSON", "viewer"),
  ];
  expect(secretRequirements(plan()).flatMap((requirement) => requirement.commands)).toEqual(commands);
  const report = environmentReport(plan(), [])
    .join("\n")
    .replaceAll(/ \\\n\s+/g, " ");
  for (const command of commands) {
    expect(report).toContain(command);
    expect(environmentPage(plan())).toContain(command);
  }
});

test("nothing is asked of an owner for a secret that nobody reads", () => {
  const unread = plan((draft) => {
    draft.secrets.push({ name: "spare", project: "acme-secrets" });
  });
  expect(JSON.stringify(secretRequirements(unread))).not.toContain("spare");
});

test("each version is asked for, and added, in the project of its secret", async () => {
  const duties = secretDuties(plan());
  const asked: string[] = [];
  const api = {
    call: ({ url }: { url: string }) => {
      asked.push(url);
      return Promise.resolve({ state: "ENABLED" });
    },
  };
  await versionStates(api as never, "https://secrets", duties, AbortSignal.timeout(1000));
  expect(asked).toEqual([
    "https://secrets/v1/projects/acme-secrets/secrets/postgres-password/versions/3",
    "https://secrets/v1/projects/acme-secrets/secrets/partner-key/versions/1",
    "https://secrets/v1/projects/acme-web/secrets/session-key/versions/1",
  ]);
  expect(duties.map(({ command, when }) => `${command} (${when})`)).toEqual([
    expect.stringMatching(
      /gcloud secrets versions add postgres-password --project=acme-secrets .*--secret=postgres-password --project=acme-secrets\)" \(after vault-data\)$/,
    ),
    "gcloud secrets versions add partner-key --project=acme-secrets --data-file=- (by an owner of project acme-secrets)",
    "gcloud secrets versions add session-key --project=acme-web --data-file=- (after vault-foundation)",
  ]);
});

test("the preflight names the secret of the other project", () => {
  const subject = plan();
  const api = subject.services.find(({ name }) => name === "api");
  expect(api && preflightPlan(subject, api).secrets).toContainEqual({
    variable: "PARTNER_KEY",
    secret: `${FOREIGN}partner-key`,
    version: 1,
    holds: "text",
  });
});

test("a certificate in another project is read as one", () => {
  const subject = plan((draft) => {
    draft.database.caSecret = "server-ca";
    draft.secrets.push({ name: "server-ca", project: "acme-secrets" });
    draft.services[1].database = { pool: 5, overflow: 5, via: "private-ip" };
  });
  const api = subject.services.find(({ name }) => name === "api");
  expect(api && preflightPlan(subject, api).secrets).toContainEqual(
    expect.objectContaining({ secret: `${FOREIGN}server-ca`, holds: "certificates" }),
  );
});

test("the rule book knows it as one that exists outside", () => {
  expect(externalResources(environment())).toEqual([
    "google_secret_manager_secret:postgres-password",
    "google_secret_manager_secret:partner-key",
  ]);
});

test.each([
  [
    "the environment's own project as another one",
    (draft: { secrets: { project?: string }[] }) =>
      Object.assign(draft.secrets[0] ?? {}, { project: "acme-web" }),
    'secrets.postgres-password.project is "acme-web": that is this environment\'s own project, whose secrets are created here. Fix: remove it',
  ],
  [
    "a project that is none",
    (draft: { secrets: { project?: string }[] }) =>
      Object.assign(draft.secrets[0] ?? {}, { project: "../acme" }),
    "allowed is a Google Cloud project id",
  ],
  [
    "an import of one",
    (draft: { existing?: object }) => Object.assign(draft, { existing: { secrets: ["partner-key"] } }),
    "this secret is in another project, where nothing is imported",
  ],
])("%s is refused", (_, change, sentence) => {
  expect(issues(change as never).join("\n")).toContain(sentence);
});
