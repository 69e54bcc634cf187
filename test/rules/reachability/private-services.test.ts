import { describe, expect, test } from "@jest/globals";
import { privateNetworkForm } from "../../../rules/reachability/private-network-form.ts";
import { privateRange } from "../../../rules/reachability/private-range.ts";
import { privateServices } from "../../../rules/reachability/private-services.ts";
import { privateServicesOrder } from "../../../rules/reachability/private-services-order.ts";
import { saidOf, verdictsOf } from "../platform.ts";

const SQL = "google_sql_database_instance.orders";
const REDIS = "google_redis_instance.cache";
const CONNECTION = "google_service_networking_connection.psa";
const RANGE = "google_compute_global_address.psa";

describe("reachability/private-services", () => {
  test("refuses a producer that is nearly right", () => {
    const said = saidOf(privateServices, (parts) =>
      parts.set("google_service_networking_connection.psa", { service: "servicenetworking.googleapi.com" }),
    );
    expect(said.map(({ address }) => address)).toContain("google_service_networking_connection.psa");
    expect(said[0]?.message).toContain('service is "servicenetworking.googleapi.com"');
  });

  test("takes the producer by its name and by its resource name", () => {
    for (const service of ["servicenetworking.googleapis.com", "services/servicenetworking.googleapis.com"])
      expect(
        saidOf(privateServices, (parts) =>
          parts.set("google_service_networking_connection.psa", { service }),
        ),
      ).toEqual([]);
  });

  test("refuses private servers on a network without connection", () => {
    const said = saidOf(privateServices, (parts) => parts.remove(CONNECTION));
    expect(said.map(({ address }) => address)).toEqual([REDIS, SQL]);
    expect(said[0]?.message).toBe(
      'it takes a private address on network "main", which has no private services connection; rejected by the API: the network does not have at least 1 private services connection.',
    );
  });

  test("does not need one for Redis with direct peering, nor judge a network of others", () => {
    const said = verdictsOf(privateServices, (parts) => {
      parts.remove(CONNECTION);
      parts.set(REDIS, { connect_mode: "DIRECT_PEERING", reserved_ip_range: "10.50.0.0/29" });
      parts.sql().private_network = "projects/host/global/networks/shared";
    });
    expect(said).toEqual([]);
  });

  test("finds the connection that hangs on the wrong network", () => {
    const said = verdictsOf(privateServices, (parts) =>
      parts.set(CONNECTION, { network: parts.otherNetwork() }),
    );
    expect(said).toContain(`error ${CONNECTION}`);
    expect(said).toContain(`error ${SQL}`);
  });

  test("refuses a second connection on the network, unless it updates the first", () => {
    const second = { network: "${google_compute_network.main.id}", reserved_peering_ranges: ["psa"] };
    expect(
      verdictsOf(privateServices, (parts) => parts.set("google_service_networking_connection.b", second)),
    ).toEqual([`error ${CONNECTION}`, "error google_service_networking_connection.b"]);
    const updating = { ...second, update_on_creation_fail: true };
    expect(
      verdictsOf(privateServices, (parts) => parts.set("google_service_networking_connection.b", updating)),
    ).toEqual([]);
  });
});

describe("reachability/private-services-order", () => {
  test("refuses a database that does not wait for the connection", () => {
    const said = saidOf(privateServicesOrder, (parts) => {
      delete parts.at(SQL).depends_on;
    });
    expect(said).toMatchObject([
      { severity: "error", address: SQL, fix: `Add depends_on = [${CONNECTION}].` },
    ]);
  });

  test("holds where the way leads through others", () => {
    const said = saidOf(privateServicesOrder, (parts) => {
      parts.set("time_sleep.wait", { create_duration: "30s", depends_on: [CONNECTION] });
      parts.set(SQL, { depends_on: ["time_sleep.wait"] });
      parts.set(REDIS, { depends_on: [], labels: { network: `\${${CONNECTION}.network}` } });
    });
    expect(said).toEqual([]);
  });

  test("holds for what exists already", () => {
    const said = saidOf(privateServicesOrder, (parts) => {
      parts.set(SQL, { depends_on: [], id: "orders" });
    });
    expect(said).toEqual([]);
  });
});

describe("reachability/private-range", () => {
  test("wants a name, not a CIDR or a link", () => {
    const cidr = saidOf(privateRange, (parts) =>
      parts.set(CONNECTION, { reserved_peering_ranges: ["10.60.0.0/16"] }),
    );
    expect(cidr[0]).toMatchObject({ address: CONNECTION, fix: `Write ${RANGE}.name.` });
    expect(cidr[0]?.message).toContain("must be the name of a reserved range, not a CIDR");
    const link = saidOf(privateRange, (parts) =>
      parts.set(CONNECTION, { reserved_peering_ranges: [`\${${RANGE}.id}`] }),
    );
    expect(link[0]?.message).toContain("must be the bare name");
  });

  test("wants a range that exists, for peering, on that network", () => {
    const typo = saidOf(privateRange, (parts) => {
      parts.sql().allocated_ip_range = "pas";
    });
    expect(typo[0]?.message).toContain(
      'names the range "pas", which is not defined; the nearest is google_compute_global_address.psa',
    );
    const purpose = verdictsOf(privateRange, (parts) => {
      delete parts.at(RANGE).purpose;
    });
    expect(new Set(purpose)).toEqual(new Set([`error ${RANGE}`]));
    const foreign = verdictsOf(privateRange, (parts) => parts.set(RANGE, { network: parts.otherNetwork() }));
    expect(foreign).toContain(`error ${RANGE}`);
    expect(foreign).toContain(`error ${CONNECTION}`);
  });

  test("wants a range that the connection lists", () => {
    const named = (ranges: string[]) =>
      verdictsOf(privateRange, (parts) => {
        parts.set("google_compute_global_address.more", {
          name: "more",
          purpose: "VPC_PEERING",
          network: "${google_compute_network.main.id}",
        });
        parts.sql().allocated_ip_range = "${google_compute_global_address.more.name}";
        parts.set(CONNECTION, { reserved_peering_ranges: ranges });
      });
    expect(named(["psa", "more"])).toEqual([]);
    expect(named(["psa"])).toEqual([`error ${SQL}`, `error ${CONNECTION}`]);
    expect(named(["psa", "${var.password}"])).toEqual([]);
  });

  test("is silent on a range that is not known", () => {
    expect(
      saidOf(privateRange, (parts) => parts.set(REDIS, { reserved_ip_range: "${var.password}" })),
    ).toEqual([]);
  });
});

describe("reachability/private-network-form", () => {
  test("wants the id of the network", () => {
    const written = (network: string) =>
      saidOf(privateNetworkForm, (parts) => {
        parts.sql().private_network = network;
      });
    expect(written("projects/acme-dev/global/networks/main")).toEqual([]);
    expect(written("https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/main")).toEqual(
      [],
    );
    expect(written("${google_compute_network.main.self_link}")).toEqual([]);
    expect(written("main")[0]?.message).toContain(
      'private_network is "main", but must be the id of a network',
    );
  });
});
