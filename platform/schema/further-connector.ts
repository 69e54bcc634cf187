import { connectorRange, connectorSize } from "./connector.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";
import { resourceName } from "./unmanaged-network.ts";

/** At most 9 characters, so that with the prefix it is a name that Google takes for a connector. */
export const furtherConnectorName = text({
  pattern: /^(?!connector$)[a-z][a-z0-9]{0,8}$/,
  allowed: 'a name of 1 to 9 lower-case letters and digits that starts with a letter, and not "connector"',
  fix: 'write for example "batch"',
  placeholder: "placehold",
});

/** A connector next to the environment's own, for those that name it: their load is not the others'. */
export const furtherConnector = section({
  name: furtherConnectorName,
  /** Its own /28. */
  range: connectorRange,
  /** Subnet that has this range, in a network that others manage. @default the range is the connector's own */
  subnet: resourceName("connector-night").optional(),
  ...connectorSize,
});
