/** Where appointments stand beside each other in a day's column. */
import type { Appointment } from "~/api/schema";
import { minuteOf } from "./days";

export interface Placed {
  appointment: Appointment;
  /** Minutes since midnight. */
  from: number;
  to: number;
  lane: number;
  /** How many lanes there are where it stands. */
  lanes: number;
}

const SHOWN_MIN = 20;

/** Nothing covers anything: what overlaps (a cancelled one and who came instead) stands abreast. */
export function place(appointments: Appointment[]): Placed[] {
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let groupEnd = 0;
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane + 1));
    for (const one of group) one.lanes = lanes;
    group = [];
  };
  for (const appointment of appointments) {
    const from = minuteOf(appointment.starts_at);
    const length = Date.parse(appointment.ends_at) - Date.parse(appointment.starts_at);
    const to = Math.min(24 * 60, from + Math.max(SHOWN_MIN, length / 60_000));
    if (from >= groupEnd) close();
    const taken = new Set(group.filter((one) => one.to > from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    const one = { appointment, from, to, lane, lanes: 1 };
    group.push(one);
    placed.push(one);
    groupEnd = group.length === 1 ? to : Math.max(groupEnd, to);
  }
  close();
  return placed;
}

/** The hours that a calendar has to show: working days, and all that is outside of them. */
export function hoursShown(placed: Placed[]): { first: number; last: number } {
  const first = Math.min(8, ...placed.map(({ from }) => Math.floor(from / 60)));
  const last = Math.max(18, ...placed.map(({ to }) => Math.ceil(to / 60)));
  return { first, last };
}
