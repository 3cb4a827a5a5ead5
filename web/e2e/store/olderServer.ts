import { cursorOf, type ServerFrame } from "~/live/frames";

/**
 * The frame as a server says it that is too old for the event: what it was about, and no more.
 * While a new version is brought in, a client's line may be one to such a server, and what it
 * fetches may come from a newer one. Of consultations only the doctor is told then.
 */
export function asAnOlderServer(frame: ServerFrame, isDoctor: boolean): ServerFrame {
  const cursor = cursorOf(frame);
  if (cursor === null) return frame;
  if ("consultation_id" in frame && frame.consultation_id !== undefined) {
    const { consultation_id } = frame;
    return isDoctor ? { type: "unreadable", cursor, consultation_id } : frame;
  }
  if ("appointment_id" in frame) {
    const { appointment_id, version } = frame;
    return { type: "appointment_unreadable", cursor, appointment_id, version };
  }
  if ("room_id" in frame && frame.room_id !== undefined) {
    return { type: "unreadable", cursor, room_id: frame.room_id };
  }
  if ("account_id" in frame && "version" in frame) {
    const { account_id, version } = frame;
    return { type: "account_unreadable", cursor, account_id, version };
  }
  return frame;
}
