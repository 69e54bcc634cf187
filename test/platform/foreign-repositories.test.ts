import { expect, test } from "@jest/globals";
import { environmentReport } from "../../commands/synth/report.ts";
import { foreignRepositories } from "../../platform/workloads/foreign-repositories.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** Images of these platforms are in the project acme, and the platforms in acme-web. */
const { plan } = changedShape("sidecars");
const digest = `@sha256:${"1".repeat(64)}`;
const own = (draft: Draft) => {
  draft.services[0].image = `europe-west1-docker.pkg.dev/acme-web/sidecars-services/api${digest}`;
  draft.services[0].sidecars = [];
  draft.services[0].startsAfter = [];
  draft.jobs = [];
};
const command = (number: string) =>
  `gcloud artifacts repositories add-iam-policy-binding images --location=europe-west1 --project=acme --member=serviceAccount:service-${number}@serverless-robot-prod.iam.gserviceaccount.com --role=roles/artifactregistry.reader`;

test("each repository of another project is named once, with who uses it and who grants what", () => {
  const subject = plan((draft) => (draft.projectNumber = "123456789012"));
  expect(foreignRepositories(subject)).toEqual([
    {
      project: "acme",
      location: "europe-west1",
      repository: "images",
      users: ["api", "api.proxy", "api.collector", "import", "import.proxy"],
      command: command("123456789012"),
    },
  ]);
});

test("without the number of the project the command has a word for it", () => {
  expect(foreignRepositories(plan())[0]?.command).toBe(command("PROJECT_NUMBER"));
});

test.each([
  ["gcr.io/acme/api", "us", "gcr.io"],
  ["eu.gcr.io/acme/team/api", "europe", "eu.gcr.io"],
  ["asia-docker.pkg.dev/acme/images/team/api", "asia", "images"],
])("%s is in the repository of its host", (image, location, repository) => {
  const [found] = foreignRepositories(
    plan((draft) => {
      own(draft);
      draft.services[0].image = `${image}${digest}`;
    }),
  );
  expect(found).toMatchObject({ project: "acme", location, repository, users: ["api"] });
});

test.each([
  ["its own project", own],
  [
    "Docker Hub, which no role of Google's opens",
    (draft: Draft) => {
      own(draft);
      draft.services[0].image = `docker.io/library/nginx${digest}`;
    },
  ],
])("an image of %s needs no grant, and nothing is printed", (_, change) => {
  const subject = plan(change);
  expect(foreignRepositories(subject)).toEqual([]);
  expect(`${environmentPage(subject)}${environmentReport(subject, []).join("\n")}`).not.toContain(
    "other projects",
  );
});

test("the grant is printed whole, to be copied", () => {
  const subject = plan((draft) => (draft.projectNumber = "123456789012"));
  expect(environmentPage(subject)).toContain(command("123456789012"));
  const report = environmentReport(subject, []).join("\n");
  expect(report.replaceAll(/ \\\n\s+/g, " ")).toContain(command("123456789012"));
  expect(report).toContain("otherwise the image is not pulled, and no instance starts");
});
