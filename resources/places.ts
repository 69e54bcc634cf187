/** The form of a region, "europe-west1". Multi-regions like "eu" have another. */
export const regionForm = /^[a-z]+-[a-z]+\d+$/;

/** The form of a zone, "europe-west1-b", with its region as the first group. */
export const zoneForm = /^([a-z]+-[a-z]+\d+)-[a-z]$/;
