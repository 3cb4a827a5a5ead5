import { Avatar } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pictureQuery } from "~/features/booking/queries";
import { PersonAvatar } from "~/ui/PersonAvatar";

interface Props {
  doctor: { account_id: string; name: string; picture: string | null };
  size?: number;
}

/** A doctor's picture, or the initials. The name stands beside it. */
export function DoctorPicture({ doctor, size = 48 }: Props) {
  const { data } = useQuery(pictureQuery(doctor.account_id, doctor.picture));
  const address = useAddress(data);
  if (address === null) return <PersonAvatar name={doctor.name} size={size} />;
  return <Avatar src={address} size={size} alt="" />;
}

/** An address within this page for content that was fetched; given back when it is not shown. */
function useAddress(content: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (content === undefined) return;
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => {
      setAddress(null);
      URL.revokeObjectURL(made);
    };
  }, [content]);
  return address;
}
