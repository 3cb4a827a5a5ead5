/** The browser's own notifications, which a person allows or does not. */

/** As the browser says; it forgets nothing, and only the person can undo a "denied". */
export type NotificationsState = NotificationPermission | "unsupported";

export function notificationsState(): NotificationsState {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Has to follow a click: browsers do not ask otherwise. */
export async function askForNotifications(): Promise<NotificationsState> {
  if (!("Notification" in window)) return "unsupported";
  return Notification.requestPermission();
}
