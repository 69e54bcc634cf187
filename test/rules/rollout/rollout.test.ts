import { describe, expect, test } from "@jest/globals";
import { ignoredTraffic } from "../../../rules/rollout/ignored-traffic.ts";
import { minimumInstances } from "../../../rules/rollout/minimum-instances.ts";
import { overlap } from "../../../rules/rollout/overlap.ts";
import { sessionAffinity } from "../../../rules/rollout/session-affinity.ts";
import { targetImage } from "../../../rules/rollout/target-image.ts";
import { withKnativeService, withService } from "../service/cloud-run-fixture.ts";
import { check } from "../support.ts";

const unknown = "$" + "{var.unknown}";
const pinned = (revision: string, percent: number, tag?: string) => ({
  type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
  revision,
  percent,
  ...(tag === undefined ? {} : { tag }),
});
const newest = (percent: number, tag?: string) => ({
  type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
  percent,
  ...(tag === undefined ? {} : { tag }),
});
const DECLARED = [pinned("api-1", 100), newest(0, "candidate")];

describe("rollout/session-affinity", () => {
  const said = (traffic: object[], session_affinity: unknown = true) =>
    check(sessionAffinity, withService({ template: { session_affinity }, service: { traffic } }));

  test("a split does not hold where clients stay where they are", () => {
    expect(said([pinned("api-1", 95), newest(5)])).toMatchObject([
      { severity: "warning", message: expect.stringContaining("split 95/5 with session affinity") },
    ]);
  });

  test("all at once holds, and so does a split without affinity or of which nobody knows", () => {
    expect(said(DECLARED)).toEqual([]);
    expect(said([pinned("api-1", 95), newest(5)], false)).toEqual([]);
    expect(said([pinned("api-1", 95), newest(5)], unknown)).toEqual([]);
  });

  test("the first generation writes it as an annotation", () => {
    const body = (value: string) =>
      check(
        sessionAffinity,
        withKnativeService({
          service: {
            traffic: [
              { percent: 50, revision_name: "api-1" },
              { percent: 50, latest_revision: true },
            ],
            template: { metadata: { annotations: { "run.googleapis.com/sessionAffinity": value } } },
          },
        }),
      );
    expect(body("true")).toHaveLength(1);
    expect(body("false")).toEqual([]);
  });
});

describe("rollout/minimum-instances", () => {
  const said = (min: unknown, traffic: object[]) =>
    check(
      minimumInstances,
      withService({ template: { scaling: { min_instance_count: min } }, service: { traffic } }),
    );

  test("a minimum on the revision runs behind a tag without traffic", () => {
    expect(said(2, DECLARED)).toMatchObject([
      { severity: "warning", message: expect.stringMatching(/keeps 2 instances running, and "candidate"/) },
    ]);
  });

  test("no minimum, one on the service, or no second revision is fine", () => {
    expect(said(0, DECLARED)).toEqual([]);
    expect(said(unknown, DECLARED)).toEqual([]);
    expect(said(2, [newest(100)])).toEqual([]);
    expect(said(2, [pinned("api-1", 90), newest(10)])).toEqual([]);
    expect(
      check(
        minimumInstances,
        withService({ service: { scaling: { min_instance_count: 2 }, traffic: DECLARED } }),
      ),
    ).toEqual([]);
  });
});

describe("rollout/overlap", () => {
  const said = (env: Record<string, string>, traffic: object[]) =>
    check(overlap, withService({ env, service: { traffic } }));
  const three = [pinned("api-1", 80), pinned("api-2", 15), newest(5)];

  test("a third revision with traffic opens pools that nobody counted", () => {
    expect(said({ DATABASE_POOL_SIZE: "10" }, three)).toMatchObject([
      {
        severity: "warning",
        message: expect.stringContaining("3 revisions have traffic (api-1, api-2, the newest)"),
      },
    ]);
  });

  test("two are counted, and a service without pools opens none", () => {
    expect(said({ DATABASE_POOL_SIZE: "10" }, [pinned("api-1", 95), newest(5)])).toEqual([]);
    expect(said({ DATABASE_POOL_SIZE: "10" }, [...DECLARED, pinned("api-0", 0, "old")])).toEqual([]);
    expect(said({}, three)).toEqual([]);
  });
});

describe("rollout/target-image", () => {
  const image =
    "europe-west1-docker.pkg.dev/acme-dev/services/api@sha256:0000000000000000000000000000000000000000000000000000000000000000";
  const said = (cleanup_policies: object[], more: object = {}, used = image) =>
    check(targetImage, {
      ...withService({ container: { image: used } }),
      google_artifact_registry_repository: {
        services: { repository_id: "services", location: "europe-west1", cleanup_policies, ...more },
      },
    });
  const old = { id: "old", action: "DELETE", condition: { older_than: "604800s" } };
  const keep = (keep_count: unknown) => ({
    id: "keep",
    action: "KEEP",
    most_recent_versions: { keep_count },
  });

  test("a clean-up by age alone deletes the way back", () => {
    expect(said([old])).toMatchObject([
      {
        severity: "warning",
        address: "google_artifact_registry_repository.services",
        message: expect.stringContaining("google_cloud_run_v2_service.api would go back to may be gone"),
      },
    ]);
    expect(said([old, keep(1)])).toHaveLength(1);
  });

  test("one that keeps the newest, one for leftovers, a trial and another repository are fine", () => {
    expect(said([old, keep(5)])).toEqual([]);
    expect(said([old, keep(unknown)])).toEqual([]);
    expect(said([{ ...old, condition: { tag_state: "UNTAGGED" } }])).toEqual([]);
    expect(said([old], { cleanup_policy_dry_run: true })).toEqual([]);
    expect(said([old], {}, image.replace("/services/", "/others/"))).toEqual([]);
    expect(said([])).toEqual([]);
  });
});

describe("rollout/ignored-traffic", () => {
  const said = (...ignore_changes: string[]) =>
    check(ignoredTraffic, withService({ service: { lifecycle: { ignore_changes } } }));

  test("ignored traffic is written back by a stale plan", () => {
    expect(said("traffic")).toHaveLength(1);
    expect(said("client", "traffic[0].percent")).toHaveLength(1);
  });

  test("what others write by themselves may be ignored", () => {
    expect(said("client", "client_version")).toEqual([]);
    expect(check(ignoredTraffic, withService({}))).toEqual([]);
  });
});
