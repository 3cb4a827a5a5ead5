import { createRoute } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";
import { lazyPage } from "~/ui/part";

const messages = createRoute({
  getParentRoute: () => appRoute,
  path: "/messages",
  beforeLoad: onlyFor("patient", "doctor"),
  component: lazyPage(() => import("./MessagesPage"), "MessagesPage"),
});

const none = createRoute({
  getParentRoute: () => messages,
  path: "/",
  component: lazyPage(() => import("./NoRoom"), "NoRoom"),
});

const room = createRoute({
  getParentRoute: () => messages,
  path: "$roomId",
  component: lazyPage(() => import("./RoomPage"), "RoomPage"),
});

export const chatRoutes = [messages.addChildren([none, room])] as const;
