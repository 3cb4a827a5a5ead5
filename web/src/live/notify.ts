/**
 * Notifications of the browser about new messages, by consent. They never say what was written:
 * other people see screens.
 */
const CHOSEN = "anamnesis.notifications";

export type NotificationsState =
  /** The browser has none. */
  | "unsupported"
  /** Nobody asked for them. */
  | "off"
  | "on"
  /** The browser was told to show none; only its settings can change that. */
  | "denied";

export function notificationsState(): NotificationsState {
  if (!("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const wanted = localStorage.getItem(CHOSEN) === "on";
  return wanted && Notification.permission === "granted" ? "on" : "off";
}

/** Only after a press of a button: browsers refuse otherwise. */
export async function askForNotifications(): Promise<NotificationsState> {
  if (!("Notification" in window)) return "unsupported";
  if ((await Notification.requestPermission()) === "granted") localStorage.setItem(CHOSEN, "on");
  return notificationsState();
}

export function turnOffNotifications(): NotificationsState {
  localStorage.removeItem(CHOSEN);
  return notificationsState();
}

/** Shows one, unless somebody looks at the page anyway. A newer one of a room replaces the last. */
export function notifyOf(roomId: string, title: string, onClick: () => void): void {
  if (notificationsState() !== "on" || document.hasFocus()) return;
  const shown = new Notification(title, { tag: roomId, icon: "/icon.svg" });
  shown.onclick = () => {
    window.focus();
    shown.close();
    onClick();
  };
}
