import { describe, expect, test } from "@jest/globals";
import { isUnknown, type Value } from "../../graph/index.ts";
import { graphOf } from "../rules/support.ts";

const surroundings = {
  variable: {
    range: { default: "10.0.0.0/16" },
    flag: { type: "bool", default: "true" },
    nothing: { default: null },
    open: { type: "string" },
    subnets: {
      type: "${map(object({ cidr = string, private = optional(bool, true), note = optional(string) }))}",
      default: { a: { cidr: "10.0.0.0/24" }, b: { cidr: "10.0.1.0/24", private: "false" } },
    },
  },
  locals: { list: ["a", "b", "c"], map: { x: 1, y: 2 }, round: "${local.trip}", trip: "${local.round}" },
};

/** The value of an expression beside a network and a service account. */
function evaluated(expression: string): Value | undefined {
  const resources = {
    google_compute_network: { vpc: { name: "vpc" }, many: { count: 2, name: "vpc-${count.index}" } },
    google_service_account: { api: { account_id: "api" } },
    google_sql_database_instance: { db: { name: "orders", settings: { tier: "db-f1-micro" } } },
    google_probe: { p: { value: expression } },
  };
  const [probe] = graphOf(resources, surroundings).all("google_probe");
  return probe?.get("value");
}

/** Known values as they are; unknown ones as what they refer to, or why. */
function said(value: Value | undefined): unknown {
  if (!isUnknown(value)) return value;
  const references = value.references.map(({ address, attribute }) => `${address}#${attribute}`).join(" ");
  return `? ${references === "" ? value.why : references}`;
}

describe("expressions", () => {
  test.each<[string, unknown]>([
    ["plain", "plain"],
    ["$${not} %%{this}", "${not} %{this}"],
    ["a $${not} ${1 + 1}", "a ${not} 2"],
    ["${1 + 2 * 3 - -4}", 11],
    ["${(1 + 2) * 3 % 4}", 1],
    ['${"a${"b"}c"}', "abc"],
    ['${"tab\\t\\"q\\" \\u00e9"}', 'tab\t"q" é'],
    ["${var.flag && !false || false}", true],
    ["${var.flag ? 1 : 2}", 1],
    ["${1 == 1 && 2 != 3 && 2 >= 2 && 1 < 2}", true],
    ["${local.list[1]}", "b"],
    ['${local.map.y + local.map["x"]}', 3],
    ['${[for i, x in local.list : "${i}${upper(x)}" if x != "b"]}', ["0A", "2C"]],
    ["${{ for k, v in local.map : v => k... }}", { 1: ["x"], 2: ["y"] }],
    ["${[for s in [{ id = 1 }, { id = 2 }] : s][*].id}", [1, 2]],
    ['${{ a = 1, "b c" : 2, (local.list[0]) = 3 }}', { a: 3, "b c": 2 }],
    ["${{\n  a = 1\n  b = [\n    2,\n  ]\n}}", { a: 1, b: [2] }],
    ["%{ if var.flag }yes%{ else }no%{ endif }!", "yes!"],
    ["%{ for x in local.list ~}\n${x},%{ endfor }", "a,b,c,"],
    ["${<<-EOT\n    one\n      two\n    EOT\n}", "one\n  two\n"],
    ["${var.subnets.a.private}", true],
    ["${var.subnets.b.private}", false],
    ['${var.subnets["a"].note == null}', true],
    ['${try(var.subnets.c.cidr, "none")}', "none"],
    ["${can(var.subnets.c.cidr)}", false],
    ["${google_compute_network.vpc.name}", "vpc"],
    ["${google_compute_network.many[*].name}", ["vpc-0", "vpc-1"]],
    ["${google_sql_database_instance.db.settings[0].tier}", "db-f1-micro"],
    ["${google_service_account.api.email}", "api@acme-dev.iam.gserviceaccount.com"],
    ["${google_sql_database_instance.db.connection_name}", "acme-dev:europe-west1:orders"],
    ["${google_compute_network.vpc.project}", "acme-dev"],
    ["${/* why */ 1 # because\n + 1}", 2],
  ])("%s", (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });

  test.each([
    ["${google_compute_network.vpc.id}", "? google_compute_network.vpc#id"],
    ["${google_compute_network.many[1].self_link}", "? google_compute_network.many[1]#self_link"],
    ["net-${google_compute_network.vpc.id}", "? google_compute_network.vpc#id"],
    ["${upper(google_compute_network.vpc.id)}", "? google_compute_network.vpc#id()"],
    ["${lower(jsondecode(google_compute_network.vpc.id).name)}", "? google_compute_network.vpc#id()"],
    ["${tostring(google_compute_network.vpc.id)}", "? google_compute_network.vpc#id"],
    ["${coalesce(var.nothing, google_compute_network.vpc.id)}", "? google_compute_network.vpc#id"],
    ["${try(google_compute_network.vpc.id, 1)}", "? google_compute_network.vpc#id"],
    ["${var.open}", "? var.open#"],
    ['${var.open == "x" ? google_compute_network.vpc.id : 1}', "? var.open# google_compute_network.vpc#id()"],
    ["${google_other.there.id}", "? google_other.there#id"],
    ["${google_sql_database_instance.db.settings[0].version}", "? google_sql_database_instance.db#"],
    ["${local.round}", "? local.round: it refers to itself"],
    ["${nonsense(1)}", "? function nonsense is not evaluated"],
    ["${timestamp()}", "? timestamp() gives another value each time"],
    ["${1 / 0}", "? division by zero"],
    [
      "${local.list[}",
      '? the expression "${local.list[}" was not understood: expected an expression, found "}" at character 14',
    ],
    ["${terraform.workspace}", "? the workspace is not known"],
  ])("%s is unknown", (expression, expected) => {
    expect(said(evaluated(expression))).toBe(expected);
  });

  test("keeps what is known around what is not", () => {
    const value = evaluated(
      'serviceAccount:${var.open}.iam:${format("%s-%d", google_compute_network.vpc.id, 3)}',
    );
    const parts = isUnknown(value)
      ? value.parts.map((part) => (typeof part === "string" ? part : said(part)))
      : [];
    expect(parts).toEqual([
      "serviceAccount:",
      "? var.open#",
      ".iam:",
      "? google_compute_network.vpc#id",
      "-3",
    ]);
  });

  test("keeps the known elements of a list that an unknown one lengthens", () => {
    const value = evaluated('${concat(["a"], var.open, ["b"])}');
    expect(Array.isArray(value) ? value.map(said) : value).toEqual(["a", "? var.open#", "b"]);
    expect(said(evaluated('${length(concat(["a"], var.open))}'))).toBe("? var.open#");
  });
});
