"""Labels photographs with 68 landmarks each, for `framewarden train-landmarks`.

A tool beside the product: nothing of it is shipped. The teacher is MediaPipe's face mesh
(Apache-2.0), which the wheel carries with it. Python 3.9 to 3.12:

    python3 -m venv venv && venv/bin/pip install mediapipe==0.10.14 'numpy<2'
    venv/bin/python trainer/tools/label_landmarks.py PHOTOGRAPHS landmarks.csv

Writes file,x0,y0,...,x67,y67: pixels of the photograph, in the order of the iBUG 300-W annotation.
A photograph without a face that the teacher finds is left out. Look at some before you trust them:
`--sheet sheet.png` draws the first forty.
"""

import argparse
import csv
import os

import cv2
import mediapipe
import numpy

# For each of the 68 landmarks the vertex of the mesh that lies there.
MESH = [
    162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389,  # jaw
    71, 63, 105, 66, 107, 336, 296, 334, 293, 301,  # brows
    168, 197, 5, 4, 75, 97, 2, 326, 305,  # nose
    33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,  # eyes
    61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181,  # outer lips
    78, 82, 13, 312, 308, 317, 14, 87,  # inner lips
]
SUFFIXES = (".jpg", ".jpeg", ".png")


def landmarks(mesh, photograph):
    """68 points in pixels, or None. Tight crops are padded until the teacher sees a whole head."""
    width = photograph.shape[1]
    borders = ((0, 0), (width // 4, cv2.BORDER_REFLECT_101), (width // 2, cv2.BORDER_REPLICATE))
    for padding, border in borders:
        padded = cv2.copyMakeBorder(photograph, *[padding] * 4, border)
        found = mesh.process(cv2.cvtColor(padded, cv2.COLOR_BGR2RGB)).multi_face_landmarks
        if found:
            points = numpy.array([(found[0].landmark[i].x, found[0].landmark[i].y) for i in MESH])
            return points * (padded.shape[1], padded.shape[0]) - padding
    return None


def sheet(drawn):
    """Photographs of one size with their points, ten in a row."""
    tiles = []
    for photograph, points in drawn:
        tile = cv2.resize(photograph, (224, 224))
        scale = 224 / numpy.array((photograph.shape[1], photograph.shape[0]))
        for x, y in points * scale:
            cv2.circle(tile, (round(x), round(y)), 1, (0, 255, 0), -1)
        tiles.append(tile)
    tiles += [numpy.zeros_like(tiles[0])] * (-len(tiles) % 10)
    return numpy.vstack([numpy.hstack(tiles[i : i + 10]) for i in range(0, len(tiles), 10)])


def main():
    parser = argparse.ArgumentParser(description="Labels photographs with 68 landmarks each.")
    parser.add_argument("photographs", help="folder of photographs, one face each")
    parser.add_argument("csv", help="file to write")
    parser.add_argument("--sheet", help="PNG to draw the first forty in")
    arguments = parser.parse_args()

    mesh = mediapipe.solutions.face_mesh.FaceMesh(
        static_image_mode=True, max_num_faces=1, refine_landmarks=True
    )
    files = sorted(f for f in os.listdir(arguments.photographs) if f.lower().endswith(SUFFIXES))
    labelled = 0
    drawn = []
    with open(arguments.csv, "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["file"] + [axis + str(i) for i in range(len(MESH)) for axis in "xy"])
        for file in files:
            photograph = cv2.imread(os.path.join(arguments.photographs, file))
            points = None if photograph is None else landmarks(mesh, photograph)
            if points is not None:
                rows.writerow([file] + ["%.2f" % value for value in points.reshape(-1)])
                labelled += 1
                if len(drawn) < 40:
                    drawn.append((photograph, points))
    if arguments.sheet and drawn:
        cv2.imwrite(arguments.sheet, sheet(drawn))
    print(f"{labelled} of {len(files)} photographs labelled")


if __name__ == "__main__":
    main()
