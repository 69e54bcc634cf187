import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { runCommand } from "../../support/commands-in-one-process.ts";
import { checkValue } from "../../support/google-api/check-value.ts";
import { documentOf } from "../../support/google-api/documents.ts";
import { FIXTURES, type Project, project } from "../../support/project.ts";
import { type FakeGcloud, fakeGcloud } from "./fake-gcloud.ts";

const BUCKET = "netra-production-terraform-state";

let folder = "";
const cloud = () => path.join(folder, "cloud.json");
const state = () => JSON.parse(readFileSync(cloud(), "utf8"));

let gcloud: FakeGcloud;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bootstrap-test-"));
  gcloud = await fakeGcloud(folder);
  writeFileSync(cloud(), JSON.stringify({ apis: [], calls: [] }));
});
afterEach(async () => {
  await gcloud.stop();
  const { buckets = {}, policies = {} } = existsSync(cloud()) ? state() : {};
  rmSync(folder, { recursive: true, force: true });
  const storage = documentOf("storage.v1");
  const described = (schema: string, values: object): string[] =>
    Object.entries(values).flatMap(([name, value]) => checkValue(storage, { ref: schema }, value, name));
  // What the fake describes, and what this project's own commands have made of it, is in the API's form.
  expect([...described("Bucket", buckets), ...described("Policy", policies)]).toEqual([]);
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const bootstrap = (...args: string[]): Promise<Ended> => command(FIXTURES, args);

async function command(
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const { status, stdout, stderr } = await runCommand(["bootstrap", ...args], {
    folder: project,
    env: {
      ...env,
      PATH: [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      FAKE_CLOUD: cloud(),
      FAKE_PORT: gcloud.port,
      NODE_NO_WARNINGS: "1",
    },
  });
  return { code: status, out: stdout, err: stderr };
}

describe("bootstrap", () => {
  test("prints what is missing, and does nothing", async () => {
    const { code, out } = await bootstrap("production");
    expect(code).toBe(1);
    expect(out).toContain(
      "gcloud storage buckets create gs://netra-production-terraform-state --project=netra-production --location=us-central1 --uniform-bucket-level-access --public-access-prevention --soft-delete-duration=30d",
    );
    expect(out).toContain("gcloud storage buckets update gs://netra-production-terraform-state --versioning");
    expect(out).toContain("4 steps missing. Do them with: npm run bootstrap -- production --run");
    expect(state().calls).toEqual([]);
  });

  test("does it once, and finds nothing missing the second time", async () => {
    expect(await bootstrap("production", "--run")).toMatchObject({ code: 0, err: "" });
    expect(state().buckets[BUCKET]).toEqual({
      projectNumber: "123456789012",
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: "2592000" },
      lifecycle: {
        rule: [
          { action: { type: "Delete" }, condition: { numNewerVersions: 50, daysSinceNoncurrentTime: 90 } },
        ],
      },
    });
    const { calls } = state();
    expect(await bootstrap("production", "--run")).toEqual({
      code: 0,
      out: "Nothing is missing: netra-production-terraform-state can hold the state of production.\n",
      err: "",
    });
    expect(state().calls).toEqual(calls);
  });

  test("adds to an older bucket what it lacks, and takes nothing away", async () => {
    const own = { rule: [{ action: { type: "Delete" }, condition: { age: 3650 } }] };
    await bootstrap("production", "--run");
    const bucket = state().buckets[BUCKET];
    writeFileSync(
      cloud(),
      JSON.stringify({
        ...state(),
        calls: [],
        buckets: {
          [BUCKET]: {
            ...bucket,
            lifecycle: own,
            versioning: undefined,
            softDeletePolicy: { retentionDurationSeconds: "7776000" },
          },
        },
      }),
    );
    expect((await bootstrap("production", "--run")).out).toContain("Done: 1 step.");
    expect(state().calls).toEqual([
      ["storage", "buckets", "update", "gs://netra-production-terraform-state", "--versioning"],
    ]);
    expect(state().buckets[BUCKET].lifecycle).toEqual(own);
  });

  test("refuses a bucket that lets nothing be replaced", async () => {
    writeFileSync(
      cloud(),
      JSON.stringify({
        apis: [],
        calls: [],
        buckets: { [BUCKET]: { retentionPolicy: { retentionPeriod: "86400" } } },
      }),
    );
    const { code, err } = await bootstrap("production");
    expect(code).toBe(2);
    expect(err).toContain("Terraform could neither replace its state nor delete its lock");
  });

  test("tells in one sentence what it cannot look at", async () => {
    expect((await bootstrap("staging")).err).toContain("environments/staging.ts names no state.bucket");
    writeFileSync(cloud(), JSON.stringify({ refuses: true }));
    expect(await bootstrap("production")).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not have permission"),
    });
    rmSync(path.join(folder, "gcloud"));
    if (
      !(process.env.PATH ?? "").split(path.delimiter).some((place) => existsSync(path.join(place, "gcloud")))
    )
      expect((await bootstrap("production")).err).toContain("install the Google Cloud CLI");
  });
});

describe("the bucket of what only an owner applies", () => {
  const OWNERS = `${BUCKET}-owner`;
  const OLD = `gs://${BUCKET}/prod-delivery/default.tfstate`;
  const NEW = `gs://${OWNERS}/prod-delivery/default.tfstate`;
  const delivery = `delivery: { repository: "acme/platform", repositoryId: "700112233", ownerId: "9911822", projectNumber: "123456789012" },`;
  let copy: Project;
  beforeEach(() => {
    copy = project();
    copy.edit(
      "production",
      `state: { bucket: "${BUCKET}" },`,
      `state: { bucket: "${BUCKET}" },\n  ${delivery}`,
    );
  });
  afterEach(() => copy.remove());

  const run = (args: readonly string[] = ["--run"], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    command(copy.folder, ["production", ...args], env);
  /** As the command leaves it where nothing was there, and no state. */
  let ready = "";
  const prepare = async (): Promise<void> => {
    if (ready !== "") return writeFileSync(cloud(), ready);
    expect((await run()).err).toBe("");
    ready = readFileSync(cloud(), "utf8");
  };
  const set = (change: object): void =>
    writeFileSync(cloud(), JSON.stringify({ ...state(), calls: [], ...change }));
  const object = (serial: number, generation = "7", lineage = "one") => ({
    generation,
    text: JSON.stringify({ version: 4, serial, lineage, resources: [] }),
  });
  const holders = (): string[] =>
    state().policies[OWNERS].bindings.flatMap(({ members }: { members: string[] }) => members);

  test("is printed with everything that is missing, and nothing is done", async () => {
    set({ buckets: { [BUCKET]: { projectNumber: "123456789012" } }, objects: { [OLD]: object(3) } });
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain(`gcloud storage buckets create gs://${OWNERS} --project=netra-production`);
    expect(out).toContain(
      `gcloud storage buckets remove-iam-policy-binding gs://${OWNERS} --member=projectEditor:netra-production`,
    );
    expect(out).toContain(`gcloud storage cp ${OLD}#7 ${NEW} --if-generation-match=0`);
    expect(out).toContain(`gcloud storage rm ${OLD} --if-generation-match=7`);
    expect(state().calls).toEqual([]);
  });

  test("has the protection of the first one, no editor of the project, and takes the state along", async () => {
    set({ objects: { [OLD]: object(3) } });
    expect((await run()).err).toBe("");
    const { buckets, objects, calls } = state();
    expect(buckets[OWNERS]).toEqual(buckets[BUCKET]);
    expect(new Set(holders())).toEqual(new Set(["projectOwner:netra-production"]));
    expect(objects).toEqual({ [NEW]: { ...object(3), generation: "1001" } });
    expect((await run()).out).toContain(
      `Nothing is missing: ${BUCKET} and ${OWNERS} can hold the state of production.`,
    );
    expect(state().calls).toEqual(calls);
  });

  test("loses nothing and moves nothing halfway where it is killed between any two steps", async () => {
    await prepare();
    const { apis, buckets } = state();
    for (let killed = 0; ; killed += 1) {
      set({
        apis,
        buckets: { [BUCKET]: buckets[BUCKET] },
        policies: {},
        objects: { [OLD]: object(3) },
      });
      const first = await run(["--run"], { FAKE_KILLED: String(killed) });
      const { objects } = state();
      // Always in one of the two, whole.
      expect([OLD, NEW].some((url) => objects[url]?.text === object(3).text)).toBe(true);
      if (first.err === "") break;
      expect((await run()).err).toBe("");
      expect([state().objects[OLD], state().objects[NEW].text]).toEqual([undefined, object(3).text]);
    }
  });

  test("takes from the deployer, the watchdog and the public what somebody gave them there", async () => {
    await prepare();
    const members = [
      "serviceAccount:prod-deployer@netra-production.iam.gserviceaccount.com",
      "serviceAccount:prod-rollout-guard@netra-production.iam.gserviceaccount.com",
      "allAuthenticatedUsers",
      "serviceAccount:prod-planner@netra-production.iam.gserviceaccount.com",
    ];
    set({ policies: { [OWNERS]: { bindings: [{ role: "roles/storage.objectAdmin", members }] } } });
    expect((await run()).err).toBe("");
    expect(holders()).toEqual([members[3]]);
  });

  test("is not one that somebody else made first, unless it is named", async () => {
    set({ buckets: { [OWNERS]: { projectNumber: "666" } }, objects: { [OLD]: object(3) } });
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toMatch(
      new RegExp(
        `^The bucket ${OWNERS} is in the project with the number "666", not in netra-production \\(123456789012\\): .*Write state\\.ownerBucket`,
      ),
    );
    expect(Object.keys(state().objects)).toEqual([OLD]);
    copy.edit("production", `bucket: "${BUCKET}"`, `bucket: "${BUCKET}", ownerBucket: "${OWNERS}"`);
    set({ policies: { [OWNERS]: { bindings: [] } } });
    expect(await run()).toMatchObject({
      err: "",
      out: expect.stringContaining(`note: the bucket ${OWNERS} is in the project`),
    });
  });

  describe("next to a state in the old bucket", () => {
    beforeEach(prepare);

    test("that is older, takes its place", async () => {
      set({ objects: { [OLD]: object(3), [NEW]: object(4, "8") } });
      expect((await run()).err).toBe("");
      expect(state().objects).toEqual({ [NEW]: object(4, "8") });
    });

    test.each([
      [
        "that is newer",
        object(5),
        /the old one has serial 5, the new one 4: prod-delivery was applied with an older version/,
      ],
      [
        "of another lineage",
        object(1, "7", "two"),
        /they have nothing in common: prod-delivery was applied with the new bucket before/,
      ],
      [
        "with the same number and other content",
        { ...object(4), text: `${object(4).text} ` },
        /serial 4, the new one 4/,
      ],
      [
        "that is none",
        { ...object(4), text: "<html>" },
        /is no Terraform state, and the other bucket has one as well/,
      ],
      ["that is no object", { ...object(4), text: "null" }, /is no Terraform state/],
    ])("%s, changes neither and says so", async (_, old, message) => {
      const objects = { [OLD]: old, [NEW]: object(4, "8") };
      set({ objects });
      const { code, err } = await run();
      expect([code, err]).toEqual([2, expect.stringMatching(message)]);
      expect([state().objects, state().calls]).toEqual([objects, []]);
    });

    test("that is locked, waits", async () => {
      set({
        objects: { [OLD]: object(3), [OLD.replace(/state$/, "lock")]: { generation: "9", text: "{}" } },
      });
      expect(await run()).toMatchObject({
        code: 2,
        err: expect.stringContaining(`${OLD} is locked: somebody applies prod-delivery`),
      });
      expect(state().objects[NEW]).toBeUndefined();
    });

    test("that is written while it is copied, is not removed", async () => {
      set({ objects: { [OLD]: object(3) }, writesMeanwhile: object(4, "9") });
      expect(await run()).toMatchObject({
        code: 2,
        err: expect.stringContaining("the old one has serial 4, the new one 3"),
      });
      expect(state().objects[OLD]).toEqual(object(4, "9"));
    });
  });
});
