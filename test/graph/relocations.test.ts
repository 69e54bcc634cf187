import { describe, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { folderOf } from "./support.ts";

const ORDERS = `resource "google_sql_database_instance" "orders" { name = "orders" }
resource "google_pubsub_topic" "each" {
  for_each = toset(["a"])
  name     = each.key
}
module "network" { source = "./network" }
`;
const MODULE = 'resource "google_compute_network" "this" { name = "main" }\n';

async function rejected(text: string, more: Record<string, string> = {}): Promise<readonly string[]> {
  const folder = folderOf({ "main.tf": `${ORDERS}${text}`, "network/main.tf": MODULE, ...more });
  return (await readGraph([folder])).rejections.map(
    ({ address, origin, message, fix }) => `${address} ${origin}: ${message} ${fix}`,
  );
}

describe("blocks that import, move and remove", () => {
  test("moved to a near miss of what is declared destroys it; to what is gone or moved on, it does not", async () => {
    const moved = (from: string, to: string) => `moved {\n  from = ${from}\n  to = ${to}\n}\n`;
    const [old, misspelt] = ["google_sql_database_instance.old", "google_sql_database_instance.oders"];
    expect(await rejected(moved(old, "google_sql_database_instance.orders"))).toEqual([]);
    expect(await rejected(moved(old, "google_sql_database_instance.warehouse"))).toEqual([]);
    expect(
      await rejected(moved(old, misspelt) + moved(misspelt, "google_sql_database_instance.orders")),
    ).toEqual([]);
    expect(await rejected(moved(old, misspelt))).toEqual([
      "google_sql_database_instance.oders main.tf: moved has to = google_sql_database_instance.oders, of which nothing is declared; fails at run time: Terraform destroys what was at google_sql_database_instance.old, and creates google_sql_database_instance.orders next to it. Did you mean google_sql_database_instance.orders?",
    ]);
  });

  test("import names what is declared, in a module and by key as well", async () => {
    for (const to of [
      "google_sql_database_instance.orders",
      'google_pubsub_topic.each["a"]',
      "google_pubsub_topic.each[each.key]",
      "module.network.google_compute_network.this",
    ])
      expect(await rejected(`import {\n  to = ${to}\n  id = "x"\n}`)).toEqual([]);
    expect(
      await rejected("", {
        "import.tf.json": JSON.stringify({
          import: [{ to: "google_sql_database_instance.orders", id: "x" }],
        }),
      }),
    ).toEqual([]);
  });

  test("import of what is not declared is rejected, with the nearest of its type", async () => {
    expect(await rejected('import {\n  to = google_sql_database_instance.order\n  id = "x"\n}')).toEqual([
      "google_sql_database_instance.order main.tf: import has to = google_sql_database_instance.order, of which nothing is declared; rejected at plan: an object is imported into a resource that is declared. Did you mean google_sql_database_instance.orders?",
    ]);
    for (const to of [
      "google_redis_instance.cache",
      "module.net.google_compute_network.this",
      "module.network.google_compute_network.main",
    ])
      expect(await rejected(`import {\n  to = ${to}\n  id = "x"\n}`)).toEqual([
        expect.stringContaining(`import has to = ${to}, of which nothing is declared;`),
      ]);
    const json = JSON.stringify({ import: [{ to: "google_redis_instance.cache", id: "x" }] });
    expect(await rejected("", { "import.tf.json": json })).toHaveLength(1);
  });

  test("what was moved or removed is no longer declared", async () => {
    for (const block of [
      "moved {\n  from = google_sql_database_instance.old\n  to = google_sql_database_instance.orders\n}",
      'moved {\n  from = google_pubsub_topic.each\n  to = google_pubsub_topic.each["a"]\n}',
      "moved {\n  from = google_pubsub_topic.each[0]\n  to = google_sql_database_instance.orders\n}",
      "moved {\n  from = module.vpc\n  to = module.network\n}",
      "removed {\n  from = google_sql_database_instance.old\n  lifecycle { destroy = false }\n}",
    ])
      expect(await rejected(block)).toEqual([]);
  });

  test("what is still declared cannot be moved or removed", async () => {
    expect(
      await rejected(
        "moved {\n  from = google_sql_database_instance.orders\n  to = google_sql_database_instance.main\n}",
      ),
    ).toEqual([
      "google_sql_database_instance.orders main.tf: moved has from = google_sql_database_instance.orders and to = google_sql_database_instance.main, and google_sql_database_instance.orders is still declared; rejected at plan: an object is moved once nothing is at its old address. Remove or rename the block of google_sql_database_instance.orders.",
    ]);
    for (const from of [
      "google_sql_database_instance.orders",
      "module.network",
      "module.network.google_compute_network.this",
    ])
      expect(await rejected(`removed {\n  from = ${from}\n  lifecycle { destroy = false }\n}`)).toEqual([
        `${from} main.tf: removed has from = ${from}, which is still declared; rejected at plan: what was removed is declared no longer. Remove its block, or this one.`,
      ]);
  });

  test("a single file may be a part of a module, and a module that was not read may declare it", async () => {
    const folder = folderOf({ "import.tf": 'import {\n  to = google_redis_instance.cache\n  id = "x"\n}' });
    expect((await readGraph([`${folder}/import.tf`])).rejections).toEqual([]);
    const remote = 'module "remote" { source = "acme/network/google" }\n';
    expect(
      await rejected(`${remote}import {\n  to = module.remote.google_compute_network.this\n  id = "x"\n}`),
    ).toEqual([]);
  });
});
