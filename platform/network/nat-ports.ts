/** Bounds of the Cloud NAT ports of one Cloud Run or connector instance; dynamic allocation follows its load. */
export const natPorts = { minimum: 64, maximum: 4096 } as const;
