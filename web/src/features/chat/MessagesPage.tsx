import { Outlet, useParams } from "@tanstack/react-router";
import classes from "./Chat.module.css";
import { RoomList } from "./RoomList";
import { useIsPhone } from "./useIsPhone";

/** The conversations, and one of them beside the list; on a phone, one after the other. */
export function MessagesPage() {
  const { roomId } = useParams({ strict: false });
  const phone = useIsPhone();
  return (
    <div className={classes.page}>
      {(!phone || roomId === undefined) && <RoomList openId={roomId} />}
      {(!phone || roomId !== undefined) && <Outlet />}
    </div>
  );
}
