import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { type Packed, passed } from "./packed.ts";

/** @param it with what an app of CDKTF has installed */
export function wrongUses(it: () => Packed): void {
  test("what other teams tried is right, or refused with a sentence and without a file", () => {
    it().write("uses.cjs", readFileSync(path.join(__dirname, "wrong-uses.cjs"), "utf8"));
    const { status, stdout, stderr } = it().node(["uses.cjs"]);
    expect({ status, stderr }).toEqual(passed);
    const refused = (...sentences: readonly RegExp[]): object => ({
      isWritten: false,
      refused: [
        expect.stringMatching(/^Refused: \d errors?\. Nothing was written\.$/),
        ...sentences.map((sentence) => expect.stringMatching(sentence)),
      ],
    });
    const written = (type: string, properties: object): object => ({
      after: [],
      resource: expect.objectContaining({ [type]: byAnyName(properties) }),
    });
    const urlMap = (...hosts: readonly (readonly [host: string, matcher: string])[]): object =>
      written("google_compute_url_map", {
        host_rule: hosts.map(([host, matcher]) => ({ hosts: [host], path_matcher: matcher })),
      });
    expect(JSON.parse(stdout)).toEqual({
      connector: refused(
        /^app\/Connector\/Resource .*: ip_cidr_range is 10\.8\.0\.0\/24; rejected by the API: a connector takes exactly a \/28.* Fix: /,
        /^app\/Connector\/Resource .*: max_instances is 15; rejected by the API: .* Fix: /,
      ),
      service: refused(
        /^app\/Service\/Resource .*: memory is 64Gi with 1 CPU; rejected by the API: .* Fix: /,
        /^app\/Service\/Resource .*: timeout is 7200 s; rejected by the API: .* Fix: /,
      ),
      "day from a variable": written("google_redis_instance", {
        maintenance_policy: {
          weekly_maintenance_window: [
            expect.objectContaining({
              day: expect.stringMatching(/^\$\{\["MONDAY", .*\]\[\(var\.given - 1\)\]\}$/),
            }),
          ],
        },
      }),
      "day 8": refused(/^app\/Cache: maintenance\.day is 8; rejected at plan: .* Fix: /),
      "host from a variable": urlMap(["${var.given}", "host-1"]),
      "hosts with a wildcard and capitals": urlMap(
        ["*.example.com", "host-wildcard-example-com"],
        ["shop.example.com", "host-shop-example-com"],
      ),
      "addresses from a variable": refused(
        /^app\/Nat: addresses is known only at apply; rejected at synth: .* Fix: /,
      ),
      "range from a variable": written("google_compute_global_address", {
        address: "${cidrhost(var.given, 0)}",
      }),
      "range without a length": refused(/^app\/Access: range "10\.20\.0\.0"; rejected at plan: .* Fix: /),
      "a construct of another stack": {
        ...written("google_vpc_access_connector", { depends_on: [] }),
        after: ["other"],
      },
    });
  });
}

/** Resources of one type, of which one has these properties, whatever its name. */
function byAnyName(properties: object): object {
  return {
    asymmetricMatch: (byName: object) =>
      Object.values(byName).some((found) => {
        try {
          expect(found).toMatchObject(properties);
          return true;
        } catch {
          return false;
        }
      }),
    toString: () => "ByAnyName",
    toAsymmetricMatcher: () => `ByAnyName<${JSON.stringify(properties)}>`,
  };
}
