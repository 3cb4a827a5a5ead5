/**
 * The names under which the cache keeps what was fetched. The first part is the resource, so
 * that one frame of the live feed can make everything of it out of date.
 */
export const keys = {
  me: ["me"] as const,
  rooms: ["rooms"] as const,
  roomLists: ["rooms", "lists"] as const,
  roomList: ["rooms", "lists", "all"] as const,
  roomSearches: ["rooms", "lists", "named"] as const,
  eachRoom: ["rooms", "one"] as const,
  room: (roomId: string) => ["rooms", "one", roomId] as const,
  messageHistory: (roomId: string, number: number) => ["message_history", roomId, number] as const,
  eachMessages: ["messages"] as const,
  messages: (roomId: string) => ["messages", roomId] as const,
  appointments: ["appointments"] as const,
  consultations: ["consultations"] as const,
  medicines: ["medicines"] as const,
  contacts: ["contacts"] as const,
  doctors: ["doctors"] as const,
  /** A doctor's own patients, by name; messages do not change who they are. */
  patients: ["patients"] as const,
  hours: ["hours"] as const,
  slots: ["slots"] as const,
  notices: ["notices"] as const,
  people: ["people"] as const,
  approvals: ["approvals"] as const,
  deletedItems: ["deleted_items"] as const,
  system: ["system"] as const,
  /** Kept for a while; a person's own is asked for again when they change it. */
  picture: (accountId: string) => ["pictures", accountId] as const,
  accessReport: ["access_report"] as const,
  /** Everything that only compliance officers ask for; never kept up to date by itself. */
  audit: ["audit"] as const,
} as const;
