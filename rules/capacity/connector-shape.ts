import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { connectorLimits } from "../../platform/limits.ts";
import { knownPieces } from "../address/known-pieces.ts";
import type { Rule, Verdict } from "../rule.ts";

const NAME = /^[a-z][-a-z0-9]{0,23}[a-z0-9]$/;
const MACHINES = Object.keys(connectorLimits.throughputPerInstance.value);

/** C2, C3, C8, C9: name, machine type and place of a connector. */
export const connectorShape: Rule = {
  id: "capacity/connector-shape",
  why: "The provider checks neither name nor machine type of a connector, and the apply fails on either.",
  limit: `name of 2 to ${connectorLimits.nameLength.value} characters, ${NAME.source}; machine_type ${MACHINES.join(", ")}; either network with ip_cidr_range or subnet`,
  fix: "Write a short name, one of the machine types, and one place.",
  source: connectorLimits.nameLength.source,
  example: `resource "google_vpc_access_connector" "main" {
  name          = "production-serverless-connector" # 31 characters
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
}`,
  *check(graph) {
    for (const connector of graph.all("google_vpc_access_connector")) {
      yield* name(connector);
      yield* machine(connector);
      yield* place(connector);
    }
  },
};

function* name(resource: Resource): Iterable<Verdict> {
  const written = resource.string("name");
  if (written === undefined) {
    yield* partial(resource);
    return;
  }
  if (!NAME.test(written)) {
    yield {
      resource,
      severity: "error",
      message: `the name "${written}" has ${written.length} characters; refused at apply: a connector ID must follow ${NAME.source}.`,
      fix: `Write 2 to ${connectorLimits.nameLength.value} lowercase letters, digits and hyphens, a letter first and no hyphen last.`,
    };
    return;
  }
  const weight = written.length + written.split("-").length - 1;
  if (weight > connectorLimits.weightedNameLength.value)
    yield {
      resource,
      severity: "warning",
      message: `the name "${written}" weighs ${weight} with each hyphen counted twice, above the ${connectorLimits.weightedNameLength.value} that the console takes.`,
      fix: "Shorten the name.",
    };
}

/** What is known of a name may be too much already. */
function* partial(resource: Resource): Iterable<Verdict> {
  const { pieces, length } = knownPieces(resource.get("name"));
  if (length <= connectorLimits.nameLength.value && pieces.every((piece) => /^[-a-z0-9]*$/.test(piece)))
    return;
  yield {
    resource,
    severity: "error",
    message: `the name "${pieces.join("…")}" has at least ${length} characters; refused at apply: a connector ID must follow ${NAME.source}.`,
  };
}

function* machine(resource: Resource): Iterable<Verdict> {
  const written = resource.string("machine_type");
  if (written === undefined || written === "" || MACHINES.includes(written)) return;
  yield {
    resource,
    severity: "error",
    message: `machine_type is "${written}"; refused at apply: a connector takes ${MACHINES.join(", ")}.`,
    fix: `Write one of ${MACHINES.join(", ")}.`,
  };
}

function* place(resource: Resource): Iterable<Verdict> {
  // After the apply the network is read back beside the subnet.
  if (resource.string("state") !== undefined || resource.change?.before !== undefined) return;
  const has = (path: string) => !["", undefined].includes(resource.get(path) as string | undefined);
  const [network, range, subnet] = [has("network"), has("ip_cidr_range"), has("subnet.name")];
  const certain = isCertain(resource.get("network"));
  const severity = "error" as const;
  if (certain && isCertain(resource.get("subnet.name")))
    yield {
      resource,
      severity,
      message: "network and subnet are both written; refused at plan: exactly one of them is allowed.",
      fix: "Remove network (and ip_cidr_range), or subnet.",
    };
  else if (
    !network &&
    !subnet &&
    resource.blocks("subnet").length === 0 &&
    resource.get("subnet") === undefined
  )
    yield {
      resource,
      severity,
      message: "neither network nor subnet is written; refused at plan: exactly one of them is needed.",
      fix: "Write network with ip_cidr_range, or subnet.",
    };
  else if (certain && !range && !subnet)
    yield {
      resource,
      severity,
      message: "network is written without ip_cidr_range; refused at apply: the connector has no range.",
      fix: "Write ip_cidr_range, a free /28.",
    };
}

/** False for a variable, which may be null, and for nothing. */
function isCertain(value: Value | undefined): boolean {
  if (!isUnknown(value)) return value !== undefined && value !== null && value !== "";
  return value.references.some(({ address }) => /(^|\.)google_compute_(sub)?network\.[^.]+$/.test(address));
}
