"""VideoFrame records in Avro's single-object encoding: ten header bytes, then the record in Avro binary."""

import io
from pathlib import Path

import avro.io
import avro.schema

# Beside this file, or in the folder schemas of a folder above it.
PLACES = [folder / name for folder in Path(__file__).absolute().parents
          for name in ("VideoFrame.avsc", "schemas/VideoFrame.avsc")]
SCHEMA_FILE = next((place for place in PLACES if place.exists()), PLACES[0])
CRC_START = 0xC15D213AA4D7A795


def crc64_avro(data):
    """The fingerprint of Avro's specification, CRC-64-AVRO."""
    crc = CRC_START
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (CRC_START if crc & 1 else 0)
    return crc


class VideoFrames:
    """Writes and reads records of one version of the schema."""

    def __init__(self, schema_file=SCHEMA_FILE):
        self.schema = avro.schema.parse(Path(schema_file).read_text(encoding="utf-8"))
        fingerprint = crc64_avro(self.schema.canonical_form.encode("utf-8"))
        self.header = b"\xc3\x01" + fingerprint.to_bytes(8, "little")
        self.defaults = {field.name: field.default for field in self.schema.fields if field.has_default}
        self.writer = avro.io.DatumWriter(self.schema)
        self.reader = avro.io.DatumReader(self.schema)

    def write(self, **fields):
        """The bytes of a record. Fields that are not given get the schema's defaults."""
        out = io.BytesIO(self.header)
        out.seek(len(self.header))
        self.writer.write({**self.defaults, **fields}, avro.io.BinaryEncoder(out))
        return out.getvalue()

    def read(self, value):
        """The fields of a record, by name."""
        if value[:10] != self.header:
            raise ValueError(f"expected a VideoFrame that begins with {self.header.hex(' ')}, "
                             f"found {value[:10].hex(' ')}: another format, or another version of the schema")
        return self.reader.read(avro.io.BinaryDecoder(io.BytesIO(value[10:])))


if __name__ == "__main__":
    print(f"VideoFrame records of {SCHEMA_FILE} begin with {VideoFrames().header.hex(' ').upper()}")
