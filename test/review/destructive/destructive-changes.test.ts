import { describe, expect, test } from "@jest/globals";
import { plan, resourceChange } from "../../support/plans.ts";
import type { Json } from "../../support/synthesized.ts";
import { change, changeAt, open, planOf, reviewOf, reviewOfReal } from "../support.ts";

const DATABASE = "google_sql_database_instance.orders";

/** The review of plan 02 with one resource updated in place. */
function updated(address: string, edit: (after: Json) => void) {
  return reviewOfReal("02-no-change", (json) => {
    const found = resourceChange(json, address);
    found.change.actions = ["update"];
    found.change.after = structuredClone(found.change.after);
    edit(found.change.after);
    for (const stored of json.planned_values.root_module.resources)
      if (stored.address === address) stored.values = found.change.after;
  });
}

const settings = (edit: (settings: Json) => void) => (after: Json) => edit(after.settings[0]);

describe("a database changed in place", () => {
  const cases: [string, (after: Json) => void, string][] = [
    [
      "backups off",
      settings((s) => {
        s.backup_configuration[0].enabled = false;
      }),
      "backups are switched off",
    ],
    [
      "recovery off",
      settings((s) => {
        s.backup_configuration[0].point_in_time_recovery_enabled = false;
      }),
      "point-in-time recovery is switched off",
    ],
    [
      "fewer backups",
      settings((s) => {
        s.backup_configuration[0].backup_retention_settings[0].retained_backups = 2;
      }),
      "it keeps 2 backups instead of 7",
    ],
    [
      "shorter logs",
      settings((s) => {
        s.backup_configuration[0].transaction_log_retention_days = 1;
      }),
      "it keeps 1 days of transaction logs instead of 7",
    ],
    [
      "block dropped",
      settings((s) => {
        s.backup_configuration = [];
      }),
      "loses settings.backup_configuration",
    ],
    [
      "zonal",
      settings((s) => {
        s.availability_type = "ZONAL";
      }),
      "loses its standby (REGIONAL to ZONAL)",
    ],
    [
      "edition",
      settings((s) => {
        s.edition = "ENTERPRISE_PLUS";
      }),
      "RESTARTS for edition ENTERPRISE to ENTERPRISE_PLUS",
    ],
    [
      "flag dropped",
      settings((s) => {
        s.database_flags = [];
      }),
      "RESTARTS for max_connections 400 to not set",
    ],
    [
      "stopped",
      settings((s) => {
        s.activation_policy = "NEVER";
      }),
      "is STOPPED",
    ],
    [
      "no private address",
      settings((s) => {
        s.ip_configuration[0].private_network = "";
      }),
      "loses its private address",
    ],
    [
      "version",
      (after) => {
        after.database_version = "POSTGRES_17";
      },
      "RESTARTS for database_version POSTGRES_16 to POSTGRES_17",
    ],
  ];
  test.each(cases)("%s", (_, edit, sentence) => {
    const review = updated(DATABASE, edit);
    expect(open(review)).toEqual([`update ${DATABASE}`]);
    expect(changeAt(review, DATABASE).impact.join(" ")).toContain(sentence);
  });

  test("a larger disk is none of these", () => {
    const review = updated(
      DATABASE,
      settings((s) => {
        s.disk_size = 100;
      }),
    );
    expect(open(review)).toEqual([]);
    expect(changeAt(review, DATABASE).impact.join(" ")).toContain(
      "gets a larger disk (50 to 100 GB) without downtime",
    );
  });

  test("protection switched off, on either side", () => {
    for (const [path, edit] of [
      [
        "deletion_protection",
        (block: Json, value: boolean) => {
          block.deletion_protection = value;
        },
      ],
      [
        "settings.deletion_protection_enabled",
        (block: Json, value: boolean) => {
          block.settings[0].deletion_protection_enabled = value;
        },
      ],
    ] as const) {
      const review = reviewOfReal("02-no-change", (json) => {
        const found = resourceChange(json, DATABASE);
        found.change.actions = ["update"];
        found.change.before = structuredClone(found.change.before);
        edit(found.change.before, true);
      });
      expect(open(review)).toEqual([`update ${DATABASE}`]);
      expect(changeAt(review, DATABASE).impact.join(" ")).toContain(`loses its protection (${path})`);
    }
  });

  test("what the state protects is refused, acknowledged or not", () => {
    const acknowledged = {
      address: DATABASE,
      action: "replace",
      reason: "moved to the new one",
      expires: "2026-12-31",
    } as const;
    const review = reviewOfReal(
      "07-database-disk-shrink",
      (json) => {
        resourceChange(json, DATABASE).change.before.deletion_protection = true;
      },
      { acknowledgements: [acknowledged] },
    );
    expect(review.verdict).toBe("refused");
    expect(review.reasons[0]).toContain(
      `${DATABASE} is protected (deletion_protection is true in the state)`,
    );
  });

  test("a block that is still written is not told, and neither are backups that nobody had", () => {
    expect(open(reviewOfReal("02-no-change"))).toEqual([]);
    const never = reviewOfReal("08-database-backups-dropped", (json) => {
      const { change } = resourceChange(json, DATABASE);
      for (const side of ["before", "after"])
        change[side].settings[0].backup_configuration[0].enabled = false;
    });
    expect(open(never)).toEqual([]);
  });
});

describe("other changes in place", () => {
  const cases: [string, string, Json, Json, string][] = [
    [
      "Redis shrinks",
      "google_redis_instance",
      { name: "c", tier: "STANDARD_HA", memory_size_gb: 5 },
      { name: "c", tier: "STANDARD_HA", memory_size_gb: 2 },
      "shrinks from 5 to 2 GB",
    ],
    [
      "Redis BASIC is scaled",
      "google_redis_instance",
      { name: "c", tier: "BASIC", memory_size_gb: 1 },
      { name: "c", tier: "BASIC", memory_size_gb: 2 },
      "EMPTIES it",
    ],
    [
      "AUTH on",
      "google_redis_instance",
      { name: "c", auth_enabled: false },
      { name: "c", auth_enabled: true },
      "starts to require an AUTH string",
    ],
    [
      "AUTH off",
      "google_redis_instance",
      { name: "c", auth_enabled: true },
      { name: "c", auth_enabled: false },
      "no longer requires an AUTH string",
    ],
    [
      "subnet grows",
      "google_compute_subnetwork",
      { name: "s", ip_cidr_range: "10.0.0.0/26" },
      { name: "s", ip_cidr_range: "10.0.0.0/24" },
      "changes its range from 10.0.0.0/26 to 10.0.0.0/24",
    ],
    [
      "secondary range dropped",
      "google_compute_subnetwork",
      { name: "s", secondary_ip_range: [{ range_name: "pods" }] },
      { name: "s", secondary_ip_range: [] },
      "loses the secondary range pods",
    ],
    [
      "NAT address dropped",
      "google_compute_router_nat",
      { name: "n", nat_ips: ["projects/p/regions/r/addresses/one", "projects/p/regions/r/addresses/two"] },
      { name: "n", nat_ips: ["projects/p/regions/r/addresses/two"] },
      "releases one",
    ],
    [
      "reserved range dropped",
      "google_service_networking_connection",
      { reserved_peering_ranges: ["a", "b"] },
      { reserved_peering_ranges: ["b"] },
      "loses the range a",
    ],
    [
      "firewall off",
      "google_compute_firewall",
      { name: "f", disabled: false, allow: [{ protocol: "tcp" }] },
      { name: "f", disabled: true, allow: [{ protocol: "tcp" }] },
      "SWITCHED OFF",
    ],
    [
      "DNS value dropped",
      "google_dns_record_set",
      { name: "a.", rrdatas: ["1.2.3.4", "5.6.7.8"] },
      { name: "a.", rrdatas: ["5.6.7.8"] },
      "no longer returns 1.2.3.4",
    ],
    [
      "Armor dropped",
      "google_compute_backend_service",
      { name: "b", security_policy: "p" },
      { name: "b", security_policy: "" },
      "loses its Cloud Armor policy",
    ],
    [
      "host dropped",
      "google_compute_url_map",
      { name: "u", host_rule: [{ hosts: ["a.example"] }] },
      { name: "u", host_rule: [{ hosts: ["b.example"] }] },
      "no longer routes a.example",
    ],
    [
      "member dropped",
      "google_project_iam_binding",
      { role: "roles/owner", members: ["user:a", "user:b"] },
      { role: "roles/owner", members: ["user:b"] },
      "user:a loses roles/owner",
    ],
    [
      "policy rewritten",
      "google_project_iam_policy",
      { policy_data: "a" },
      { policy_data: "b" },
      "every grant that it does not list is revoked",
    ],
    [
      "account disabled",
      "google_service_account",
      { account_id: "a", disabled: false },
      { account_id: "a", disabled: true },
      "is DISABLED",
    ],
    [
      "secret version disabled",
      "google_secret_manager_secret_version",
      { enabled: true },
      { enabled: false },
      "is DISABLED",
    ],
    [
      "force_destroy",
      "google_storage_bucket",
      { name: "b", force_destroy: false },
      { name: "b", force_destroy: true },
      "deleted with its contents",
    ],
    [
      "versioning off",
      "google_storage_bucket",
      { name: "b", versioning: [{ enabled: true }] },
      { name: "b", versioning: [{ enabled: false }] },
      "loses its protection (versioning.enabled)",
    ],
    [
      "lifecycle deletes",
      "google_storage_bucket",
      { name: "b", lifecycle_rule: [] },
      { name: "b", lifecycle_rule: [{ action: [{ type: "Delete" }] }] },
      "DELETES objects",
    ],
    [
      "service unprotected",
      "google_cloud_run_v2_service",
      { name: "s", deletion_protection: true },
      { name: "s", deletion_protection: false },
      "loses its protection (deletion_protection)",
    ],
    [
      "password",
      "google_sql_user",
      { name: "u", password: "old-password-1" },
      { name: "u", password: "new-password-2" },
      "clients using the old one can no longer log in",
    ],
  ];
  test.each(cases)("%s needs an acknowledgement of update", (_, type, before, after, sentence) => {
    const review = reviewOf({ dev: planOf(change(type, before, after)) });
    expect(open(review)).toEqual([`update ${type}.it`]);
    expect(changeAt(review, `${type}.it`).impact.join(" ")).toContain(sentence);
  });

  const harmless: [string, string, Json, Json][] = [
    ["labels", "google_storage_bucket", { name: "b", labels: { a: "1" } }, { name: "b", labels: { a: "2" } }],
    [
      "protection on",
      "google_cloud_run_v2_service",
      { name: "s", deletion_protection: false },
      { name: "s", deletion_protection: true },
    ],
    [
      "more memory with a replica",
      "google_redis_instance",
      { name: "c", tier: "STANDARD_HA", memory_size_gb: 1 },
      { name: "c", tier: "STANDARD_HA", memory_size_gb: 2 },
    ],
    [
      "a member more",
      "google_project_iam_binding",
      { role: "r", members: ["user:a"] },
      { role: "r", members: ["user:a", "user:b"] },
    ],
    [
      "an address more",
      "google_compute_router_nat",
      { name: "n", nat_ips: ["one"] },
      { name: "n", nat_ips: ["one", "two"] },
    ],
    [
      "another value of a DNS record",
      "google_dns_record_set",
      { name: "a.", ttl: 60, rrdatas: ["1.2.3.4"] },
      { name: "a.", ttl: 60, rrdatas: ["5.6.7.8"] },
    ],
    [
      "the same network as a self link",
      "google_compute_router_nat",
      { name: "n", nat_ips: ["https://www.googleapis.com/compute/v1/projects/p/regions/r/addresses/one"] },
      { name: "n", nat_ips: ["projects/p/regions/r/addresses/one"] },
    ],
  ];
  test.each(harmless)("%s needs none", (_, type, before, after) => {
    const review = reviewOf({ dev: planOf(change(type, before, after)) });
    expect(open(review)).toEqual([]);
    expect(changeAt(review, `${type}.it`).impact.length).toBeGreaterThan(0);
  });
});

describe("removals", () => {
  const destructive = [
    "google_sql_database",
    "google_sql_user",
    "google_secret_manager_secret_version",
    "google_kms_crypto_key",
    "google_storage_bucket",
    "google_compute_router_nat",
    "google_compute_address",
    "google_compute_firewall",
    "google_dns_record_set",
    "google_dns_managed_zone",
    "google_compute_global_forwarding_rule",
    "google_certificate_manager_certificate",
    "google_project_service",
    "google_project_iam_binding",
    "google_artifact_registry_repository",
    "google_monitoring_alert_policy",
    "google_something_new",
  ];
  test.each(destructive)("%s needs an acknowledgement of destroy", (type) => {
    const review = reviewOf({
      dev: planOf(change(type, { name: "x", role: "r", members: ["user:a"] }, null)),
    });
    expect(open(review)).toEqual([`destroy ${type}.it`]);
  });

  const harmless = [
    "google_project_iam_member",
    "terraform_data",
    "null_resource",
    "google_compute_region_network_endpoint_group",
    "google_cloud_run_v2_job",
    "google_monitoring_dashboard",
    "time_sleep",
  ];
  test.each(harmless)("%s needs none, destroyed or replaced", (type) => {
    const before = { name: "x", member: "serviceAccount:a@p.iam.gserviceaccount.com", role: "roles/viewer" };
    expect(open(reviewOf({ dev: planOf(change(type, before, null)) }))).toEqual([]);
    expect(open(reviewOf({ dev: planOf(change(type, before, before, { action: "replace" })) }))).toEqual([]);
  });

  test("what is abandoned stays where it is", () => {
    const review = reviewOf({
      dev: planOf(change("google_sql_user", { name: "u", deletion_policy: "ABANDON" }, null)),
    });
    expect(open(review)).toEqual([]);
    expect(changeAt(review, "google_sql_user.it").impact).toEqual([
      "database user u stays in Google Cloud: Terraform only removes it from the state (deletion_policy ABANDON).",
    ]);
  });

  test("the grant that lets everybody in is traffic, unless it only gets another address", () => {
    const grant = { name: "api", member: "allUsers", role: "roles/run.invoker" };
    const gone = change("google_cloud_run_v2_service_iam_member", grant, null);
    expect(open(reviewOf({ dev: planOf(gone) }))).toEqual([
      "destroy google_cloud_run_v2_service_iam_member.it",
    ]);
    const again = change("google_cloud_run_v2_service_iam_member", null, grant, { name: "other" });
    expect(open(reviewOf({ dev: planOf(gone, again) }))).toEqual([]);
  });

  test("what is left over of a failed replacement is asked for only where it holds data", () => {
    const leftover = (type: string) => change(type, { name: "x" }, null, { deposed: "abcd1234" });
    expect(open(reviewOf({ dev: planOf(leftover("google_compute_global_forwarding_rule")) }))).toEqual([]);
    const review = reviewOf({ dev: planOf(leftover("google_sql_database_instance")) });
    expect(open(review)).toEqual(["destroy google_sql_database_instance.it"]);
    expect(review.destructive[0]?.consequences[0]).toContain("deposed object abcd1234");
  });

  test("an action that a later Terraform adds counts as a destruction", () => {
    const unknown = change("google_redis_instance", { name: "c" }, { name: "c" });
    unknown.change.actions = ["vanish"];
    expect(open(reviewOf({ dev: planOf(unknown) }))).toEqual(["destroy google_redis_instance.it"]);
  });

  test("forgotten and moved things stay", () => {
    const forgotten = change("google_redis_instance", { name: "c" }, null);
    forgotten.change.actions = ["forget"];
    const moved = change(
      "google_sql_database_instance",
      { name: "d" },
      { name: "d" },
      { previous_address: "google_sql_database_instance.old" },
    );
    moved.change.actions = ["no-op"];
    const review = reviewOf({ dev: planOf(forgotten, moved) });
    expect(review.verdict).toBe("safe");
    expect(changeAt(review, "google_redis_instance.it").impact[0]).toContain(
      "no longer managed or protected by Terraform",
    );
    expect(changeAt(review, "google_sql_database_instance.it").impact[0]).toContain(
      "only moves in the state, from google_sql_database_instance.old",
    );
  });

  test("data sources are left out", () => {
    const read = change("google_project", null, { name: "x" });
    Object.assign(read, { mode: "data", address: "data.google_project.it" });
    read.change.actions = ["read"];
    expect(reviewOf({ dev: planOf(read) }).stacks[0]?.changes).toEqual([]);
  });

  test("users are found in other stacks", () => {
    const json = plan("04-connector-shrink");
    const isService = (item: Json): boolean => item.type === "google_cloud_run_v2_service";
    const part = (keep: (item: Json) => boolean): Json => {
      const copy = structuredClone(json);
      copy.resource_changes = copy.resource_changes.filter(keep);
      for (const values of [copy.planned_values, copy.prior_state.values])
        values.root_module.resources = values.root_module.resources.filter(keep);
      return copy;
    };
    const review = reviewOf({ network: part((item) => !isService(item)), services: part(isService) });
    expect(changeAt(review, "google_vpc_access_connector.main").impact[0]).toContain(
      "service dev-api loses the VPC",
    );
  });
});

describe("words of a removal", () => {
  test("a connector that is made anew before the old one goes cuts nobody off at once", () => {
    const review = reviewOfReal("04-connector-shrink", (json) => {
      resourceChange(json, "google_vpc_access_connector.main").change.actions = ["create", "delete"];
    });
    expect(open(review)).toEqual(["replace google_vpc_access_connector.main"]);
    expect(changeAt(review, "google_vpc_access_connector.main").impact[0]).toContain(
      "the new one is created first",
    );
  });

  test("backups that are retained are not said to be lost", () => {
    const before = { name: "d", settings: [{ retain_backups_on_delete: true }] };
    const review = reviewOf({ dev: planOf(change("google_sql_database_instance", before, null)) });
    expect(review.destructive[0]?.consequences[0]).toContain("all data, though not the backups, are deleted");
  });

  test("why Terraform does it is said in words", () => {
    const tainted = change("google_redis_instance", { name: "c" }, { name: "c" }, { action: "replace" });
    tainted.action_reason = "replace_because_tainted";
    const review = reviewOf({ dev: planOf(tainted) });
    expect(changeAt(review, "google_redis_instance.it").impact[0]).toContain(
      "REPLACED because it is tainted",
    );
  });
});
