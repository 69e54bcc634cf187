/** Ports of Cloud NAT that one Cloud Run or connector instance gets: dynamic allocation follows its load between the two. */
export const natPorts = { minimum: 64, maximum: 4096 } as const;
