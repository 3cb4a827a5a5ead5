import { Avatar } from "@mantine/core";
import { useEffect, useState } from "react";

/** How a file will look, before it is sent anywhere. */
export function PicturePreview({ file, alt }: { file: File; alt: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return <Avatar src={url} alt={alt} size={96} />;
}
