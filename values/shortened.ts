const HASH_LENGTH = 8;

/**
 * The name as it is where it is short enough; otherwise its beginning with a hash of all of it, so that two long names that begin alike
 * stay two.
 *
 * @param longest characters, more than 9
 */
export function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const start = name.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "");
  return `${start}-${hashOf(name)}`;
}

/** 32-bit FNV-1a in hexadecimal: Node's crypto is not there in the page of an environment, which makes these names too. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(HASH_LENGTH, "0");
}
