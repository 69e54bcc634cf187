import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { withInstance } from "./database-fixture.ts";

const sqlDisk = ruleById("data/sql-disk");
const address = "google_sql_database_instance.orders";

describe("data/sql-disk", () => {
  const disk = (settings: { [key: string]: unknown }) => check(sqlDisk, withInstance(settings));

  test("10 GB pass, with HYPERDISK_BALANCED 20", () => {
    expect([
      ...disk({ disk_size: 10, disk_type: "PD_SSD" }),
      ...disk({ disk_size: 20, disk_type: "HYPERDISK_BALANCED" }),
    ]).toEqual([]);
  });

  test("less, or another type, is rejected", () => {
    expect(disk({ disk_size: 9 })).toMatchObject([
      {
        address,
        message: "settings.disk_size is 9; rejected by the API: it must be 10 to 65536 GB.",
      },
    ]);
    expect(disk({ disk_size: 19, disk_type: "HYPERDISK_BALANCED" })).toHaveLength(1);
    expect(disk({ disk_type: "SSD" })).toMatchObject([
      { message: expect.stringContaining('disk_type is "SSD"') },
    ]);
  });

  test("a disk that does not grow is a warning", () => {
    expect(disk({ disk_autoresize: false })).toMatchObject([{ severity: "warning" }]);
  });
});
