import { describe, expect, test } from "@jest/globals";
import { meshHosts } from "../../../rules/mesh/mesh-hosts.ts";
import { checkYaml, TO_WEB, virtualService } from "./support.ts";

describe("mesh/mesh-hosts", () => {
  const ofMesh = (name: string, hosts: string, more = ""): string =>
    virtualService(name, `hosts: [${hosts}], ${more}${TO_WEB}`);

  test.each([
    ["other hosts", ofMesh("one", "ratings") + ofMesh("two", "reviews")],
    ["a narrower host", ofMesh("one", '"*.example.com"') + ofMesh("two", '"a.example.com"')],
    ["one for a gateway", ofMesh("one", "ratings") + ofMesh("two", "ratings", "gateways: [web], ")],
    [
      "one of another namespace's own",
      ofMesh("one", "ratings") + virtualService("two", `hosts: [ratings], ${TO_WEB}`, "other"),
    ],
    [
      "each for its own namespace",
      ofMesh("one", "ratings.example.com", 'exportTo: ["."], ') +
        virtualService("two", `hosts: [ratings.example.com], exportTo: ["."], ${TO_WEB}`, "other"),
    ],
  ])("holds for %s", async (_, yaml) => {
    expect(await checkYaml(meshHosts, yaml)).toEqual([]);
  });

  test("warns of one host in two, short name and full name alike", async () => {
    const found = await checkYaml(
      meshHosts,
      ofMesh("one", "ratings") + ofMesh("two", "ratings.app.svc.cluster.local"),
    );
    expect(found).toMatchObject([{ severity: "warning", address: "VirtualService/app/two" }]);
    expect(found[0]?.message).toContain(
      'app/two and app/one both route "ratings.app.svc.cluster.local" for sidecars; fails at run time',
    );
    expect(
      await checkYaml(
        meshHosts,
        ofMesh("one", "ratings") + ofMesh("two", "ratings", "gateways: [web, mesh], "),
      ),
    ).toHaveLength(1);
  });
});
