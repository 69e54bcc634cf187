import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { environmentReport } from "../../commands/synth/report.ts";
import { externalResources } from "../../platform/external-resources.ts";
import { accountRequirements } from "../../platform/workloads/foreign-accounts.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { discard, type Synthesis, synthesize } from "../../synthesis/synthesize.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const { environment, plan, issues } = changedShape("accounts");
const SHARED = "orders@acme-accounts.iam.gserviceaccount.com";
const LOCAL = "mailer@acme-web.iam.gserviceaccount.com";

let synthesis: Synthesis;
beforeAll(async () => {
  synthesis = await synthesize([environment()]);
});
afterAll(() => discard(synthesis));

/** Resources of one type in all stacks. */
const all = (type: string): Record<string, unknown>[] =>
  synthesis.stacks.flatMap(({ json }) => Object.values(json.resource?.[type] ?? {})) as never;

test("nothing of an account of others is created", () => {
  expect(all("google_service_account").map(({ account_id }) => account_id)).toEqual([
    "accounts-api-run",
    "accounts-scheduler",
  ]);
});

test("services, jobs and subscriptions run and call as it", () => {
  const accounts = all("google_cloud_run_v2_service").map(
    ({ template }) => (template as Draft).service_account,
  );
  expect(accounts.sort()).toEqual(["accounts-api-run@acme-web.iam.gserviceaccount.com", LOCAL, SHARED]);
  const jobs = all("google_cloud_run_v2_job").map((job) => [
    job.name,
    (job.template as Draft).template.service_account,
  ]);
  expect(jobs).toContainEqual(["accounts-sync", SHARED]);
  expect(JSON.stringify(all("google_pubsub_subscription"))).toContain(`"service_account_email":"${LOCAL}"`);
});

test("its roles on what is here are granted once, however many services run as it", () => {
  const of = (type: string) =>
    all(type)
      .filter(({ member }) => member === `serviceAccount:${SHARED}`)
      .map(({ role }) => role);
  expect(of("google_project_iam_member").sort()).toEqual(["roles/bigquery.jobUser", "roles/cloudsql.client"]);
  // The key that web and sync read, and the password that sync reads.
  expect(of("google_secret_manager_secret_iam_member")).toHaveLength(2);
  expect(of("google_storage_bucket_iam_member")).toHaveLength(1);
  expect(of("google_pubsub_topic_iam_member")).toEqual(["roles/pubsub.publisher"]);
  expect(of("google_cloud_run_v2_service_iam_member")).toEqual(["roles/run.invoker"]);
});

test("what its owner grants is printed whole: acting as it, and for another project its tokens and the policy", () => {
  const grant = (email: string, project: string, member: string, role: string) =>
    `gcloud iam service-accounts add-iam-policy-binding ${email} --project=${project} --member=${member} --role=roles/iam.${role}`;
  const agent = "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com";
  const commands = [
    grant(SHARED, "acme-accounts", "user:PERSON", "serviceAccountUser"),
    grant(SHARED, "acme-accounts", agent, "serviceAccountTokenCreator"),
    grant(LOCAL, "acme-web", "user:PERSON", "serviceAccountUser"),
    "gcloud resource-manager org-policies disable-enforce iam.disableCrossProjectServiceAccountUsage --project=acme-accounts",
  ];
  const requirements = accountRequirements(plan());
  expect(requirements.flatMap((requirement) => requirement.commands)).toEqual(commands);
  expect(requirements[0]?.requirement).toContain("(web, sync; each has the rights of all)");
  const report = environmentReport(plan(), [])
    .join("\n")
    .replaceAll(/ \\\n\s+/g, " ");
  for (const command of commands) {
    expect(report).toContain(command);
    expect(environmentPage(plan())).toContain(command);
  }
});

test("with states in a bucket the rollback watchdog acts as the accounts of services too, by its owner's grant", () => {
  const withState = plan((draft) => {
    draft.state = { bucket: "acme-web-states" };
  });
  const watchdog = accountRequirements(withState).filter(({ requirement }) =>
    requirement.includes("watchdog"),
  );
  expect(watchdog.map(({ requirement }) => requirement)).toEqual([
    `The rollback watchdog may act as ${SHARED}`,
    `The rollback watchdog may act as ${LOCAL}`,
  ]);
});

test("without a preflight there is no watchdog, and nobody is asked to admit one", () => {
  const withState = plan((draft) => {
    draft.state = { bucket: "acme-web-states" };
    draft.preflight = undefined;
  });
  expect(
    accountRequirements(withState).filter(({ requirement }) => requirement.includes("watchdog")),
  ).toEqual([]);
});

test("the rule book knows it as one that exists outside", () => {
  expect(externalResources(environment())).toEqual([
    "google_service_account:orders",
    "google_service_account:mailer",
  ]);
});

test.each([
  [
    "a default account of Google",
    (draft: Draft) =>
      (draft.services[1].serviceAccount = "123456789012-compute@developer.gserviceaccount.com"),
    "allowed is the e-mail of a service account that somebody created",
  ],
  [
    "a member of IAM",
    (draft: Draft) => (draft.services[1].serviceAccount = `serviceAccount:${SHARED}`),
    "allowed is the e-mail of a service account that somebody created",
  ],
  [
    "an account that is created here",
    (draft: Draft) =>
      (draft.services[1].serviceAccount = "accounts-api-run@acme-web.iam.gserviceaccount.com"),
    "this environment creates that account, for api. Fix: name an account that others manage, or leave it out.",
  ],
  [
    "the deployer's",
    (draft: Draft) =>
      (draft.services[1].serviceAccount = "accounts-deployer@acme-web.iam.gserviceaccount.com"),
    "this environment creates that account, for accounts-deployer",
  ],
  [
    "an account of another project for a subscriber",
    (draft: Draft) => (draft.services[2].serviceAccount = SHARED),
    "Pub/Sub and Eventarc call this service with its account, which must be of project acme-web",
  ],
  [
    "an import of it",
    (draft: Draft) => (draft.existing = { serviceAccounts: { web: "orders" } }),
    "no service, job or worker pool of this name is declared, with an account of its own",
  ],
])("%s is refused", (_, change, sentence) => {
  expect(issues(change).join("\n")).toContain(sentence);
});
