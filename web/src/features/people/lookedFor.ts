/** Names that are looked for stay in memory, for whoever comes back to the list. */
export const LOOKED_FOR = "people search";
