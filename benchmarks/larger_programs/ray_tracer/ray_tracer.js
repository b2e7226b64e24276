// Rays into a scene of spheres, with vectors as records and methods.
class Vector {
    constructor(x, y, z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }
    plus(other) {
        return new Vector(this.x + other.x, this.y + other.y, this.z + other.z);
    }
    minus(other) {
        return new Vector(this.x - other.x, this.y - other.y, this.z - other.z);
    }
    times(factor) {
        return new Vector(this.x * factor, this.y * factor, this.z * factor);
    }
    dot(other) {
        return this.x * other.x + this.y * other.y + this.z * other.z;
    }
}

class Sphere {
    constructor(center, radius, shine) {
        this.center = center;
        this.radius = radius;
        this.shine = shine;
    }
}

const unit = (v) => v.times(1 / Math.sqrt(v.dot(v)));

function hit(sphere, origin, direction) {
    const away = origin.minus(sphere.center);
    const b = away.dot(direction);
    const c = away.dot(away) - sphere.radius * sphere.radius;
    const d = b * b - c;
    if (d < 0) return -1;
    const near = 0 - b - Math.sqrt(d);
    return near > 0.001 ? near : -1;
}

function traceRay(spheres, origin, direction, depth) {
    let best = 1000000;
    let found = -1;
    for (let i = 0; i < spheres.length; i++) {
        const t = hit(spheres[i], origin, direction);
        if (t > 0 && t < best) {
            best = t;
            found = i;
        }
    }
    if (found < 0) return 0.2 + 0.3 * Math.abs(direction.y);
    const sphere = spheres[found];
    const place = origin.plus(direction.times(best));
    const normal = unit(place.minus(sphere.center));
    const light = unit(new Vector(1, 2, -1.5));
    let bright = normal.dot(light);
    if (bright < 0.1) bright = 0.1;
    if (depth > 0) {
        const mirrored = direction.minus(normal.times(2 * normal.dot(direction)));
        bright = bright * (1 - sphere.shine) + sphere.shine * traceRay(spheres, place, mirrored, depth - 1);
    }
    return bright;
}

function run() {
    const spheres = [
        new Sphere(new Vector(0, 0, 5), 1, 0.3),
        new Sphere(new Vector(1.5, 0.5, 4), 0.7, 0.5),
        new Sphere(new Vector(-1.4, -0.3, 4.5), 0.8, 0.2),
        new Sphere(new Vector(0.3, 1.4, 6), 0.9, 0.6),
    ];
    const size = 60;
    const origin = new Vector(0, 0, 0);
    let total = 0;
    for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
            const direction = unit(new Vector((x - 30) / 40, (y - 30) / 40, 1));
            total += traceRay(spheres, origin, direction, 2);
        }
    }
    return Math.trunc(total * 1000);
}
