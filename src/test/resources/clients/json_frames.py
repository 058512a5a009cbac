"""As many public programs do it: JSON without keys by kafka-python, and the results as they come.

Arguments: HOST:PORT, input topic, output topic, folder for the results, JPEG files.
"""

import base64
import json
import sys
import time

from kafka import KafkaConsumer, KafkaProducer

server, topic, upscaled, folder, *files = sys.argv[1:]
producer = KafkaProducer(bootstrap_servers=server, value_serializer=lambda value: json.dumps(value).encode())
for file in files:
    with open(file, "rb") as picture:
        frame = base64.b64encode(picture.read()).decode()
    producer.send(topic, {"frame": frame, "timestamp": time.time()})
    time.sleep(0.02)
producer.flush()

count = 0
for record in KafkaConsumer(upscaled, bootstrap_servers=server, auto_offset_reset="earliest"):
    headers = dict(record.headers)
    if "kinolift.sequence" not in headers:
        continue  # this library shows the markers of transactions as records
    value = json.loads(record.value)
    with open(f"{folder}/{count:03}.jpg", "wb") as picture:
        picture.write(base64.b64decode(value.pop("frame")))
    print(record.key, headers["kinolift.stream"].decode(), sorted(value), type(value["timestamp"]).__name__)
    count += 1
    if count == len(files):
        break
