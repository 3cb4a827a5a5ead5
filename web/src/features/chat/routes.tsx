import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, onlyFor } from "~/app/roots";

const messages = createRoute({
  getParentRoute: () => appRoute,
  path: "/messages",
  beforeLoad: onlyFor("patient", "doctor"),
  component: lazyRouteComponent(() => import("./MessagesPage"), "MessagesPage"),
});

const none = createRoute({
  getParentRoute: () => messages,
  path: "/",
  component: lazyRouteComponent(() => import("./NoRoom"), "NoRoom"),
});

const room = createRoute({
  getParentRoute: () => messages,
  path: "$roomId",
  component: lazyRouteComponent(() => import("./RoomPage"), "RoomPage"),
});

export const chatRoutes = [messages.addChildren([none, room])] as const;
