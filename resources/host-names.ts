/** What is wrong with a text in the place of a host name, and what to write. */
export interface HostFault {
  readonly because: string;
  readonly fix: string;
}

/** Characters between two dots of a name (RFC 1035). */
export const MAX_LABEL = 63;
const MAX_NAME = 253;

/**
 * Why no name of the Domain Name System is written like this; undefined where one may be. Names of hosts have only letters,
 * digits and hyphens; those of records may have others.
 */
export function nameFault(text: string): HostFault | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is not ASCII
  if (/[^\x00-\x7f]/.test(text))
    return { because: "names are written in ASCII", fix: `Write it in Punycode: "${punycode(text)}".` };
  const labels = text.split(".");
  if (/[\s/:@]/.test(text) || labels.includes(""))
    return {
      because: "it is not a domain name",
      fix: 'Write the labels of the name with one dot between two, and nothing else: "api.example.com".',
    };
  if (text.length > MAX_NAME || labels.some(({ length }) => length > MAX_LABEL))
    return {
      because: `a name has ${MAX_NAME} characters at most, and ${MAX_LABEL} between two dots`,
      fix: "Shorten it.",
    };
  return undefined;
}

/** Why a text is not the name of a host on the internet, for which a certificate is issued: "api.example.com". */
export function hostFault(text: string): HostFault | undefined {
  if (text.endsWith(".") && text.length > 1)
    return { because: "a host has no dot at its end", fix: `Write "${text.slice(0, -1)}".` };
  const fault = nameFault(text);
  if (fault !== undefined) return fault;
  if (/^[\d.]+$/.test(text))
    return {
      because: "it is an address, and not a name",
      fix: 'Write the name of the host, for example "api.example.com".',
    };
  const labels = text.split(".");
  if (labels.length < 2)
    return { because: "it has no domain", fix: `Write the whole name, for example "${text}.example.com".` };
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(label))) {
    const kept = labels.map((label) => label.replaceAll(/[^a-z0-9-]/gi, "-").replaceAll(/^-+|-+$/g, ""));
    const named = kept.filter((label) => label !== "").join(".");
    return {
      because: "a host name has letters, digits and hyphens only, and no hyphen at an end of a label",
      fix: `Write for example "${named.includes(".") ? named : "api.example.com"}", and name the host so in DNS.`,
    };
  }
  return undefined;
}

function punycode(text: string): string {
  try {
    const star = text.startsWith("*.") ? "*." : "";
    return star + new URL(`http://${text.slice(star.length)}`).hostname;
  } catch {
    return "xn--...";
  }
}
