import { expect, test } from "vitest";
import { router } from "~/app/router";
import { navigation } from "~/app/shell/navigation";

const places = Object.values(navigation).flat();

test.each(places.map(({ to }) => to))("there is a page at %s", (to) => {
  expect(Object.keys(router.routesByPath)).toContain(to);
});
