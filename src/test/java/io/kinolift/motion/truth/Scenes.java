package io.kinolift.motion.truth;

/** The scenes of the table in motion.md. */
final class Scenes {
    private Scenes() {}

    /** To the right. */
    static Scene pan(Texture texture, double speed) {
        return new Scene() {
            @Override
            public double luma(double x, double y, double time) {
                return texture.at(x - speed * time, y);
            }

            @Override
            public double flowX(double x, double y, double time) {
                return speed;
            }

            @Override
            public double flowY(double x, double y, double time) {
                return 0;
            }
        };
    }

    /** About the centre. */
    static Scene rotation(Texture texture, double degrees) {
        return aboutCentre(texture, 1, Math.toRadians(degrees));
    }

    /** Towards the centre's surroundings: a frame later everything is that much larger. */
    static Scene zoom(Texture texture, double growth) {
        return aboutCentre(texture, growth, 0);
    }

    private static Scene aboutCentre(Texture texture, double growth, double angle) {
        double centreX = (Truth.WIDTH - 1) / 2.0;
        double centreY = (Truth.HEIGHT - 1) / 2.0;
        double alongX = growth * Math.cos(angle) - 1;
        double acrossX = growth * Math.sin(angle);
        return new Scene() {
            @Override
            public double luma(double x, double y, double time) {
                double scale = Math.pow(growth, -time);
                double cos = scale * Math.cos(angle * time);
                double sin = scale * Math.sin(angle * time);
                double dx = x - centreX;
                double dy = y - centreY;
                return texture.at(centreX + cos * dx + sin * dy, centreY + cos * dy - sin * dx);
            }

            @Override
            public double flowX(double x, double y, double time) {
                return alongX * (x - centreX) - acrossX * (y - centreY);
            }

            @Override
            public double flowY(double x, double y, double time) {
                return alongX * (y - centreY) + acrossX * (x - centreX);
            }
        };
    }

    /** A disc that moves to the right over a background that moves to the left. */
    static Scene layers(Texture disc, double discSpeed, Texture background, double backgroundSpeed) {
        double radius = 46;
        double startX = 140;
        double centreY = 88;
        return new Scene() {
            @Override
            public double luma(double x, double y, double time) {
                double inside = radius - distance(x, y, time);
                double behind = inside > 0.5 ? 0 : background.at(x + backgroundSpeed * time, y);
                if (inside < -0.5) {
                    return behind;
                }
                double share = Math.min(1, inside + 0.5);
                return share * disc.at(x - discSpeed * time, y) + (1 - share) * behind;
            }

            private double distance(double x, double y, double time) {
                return Math.hypot(x - startX - discSpeed * time, y - centreY);
            }

            @Override
            public double flowX(double x, double y, double time) {
                return distance(x, y, time) < radius ? discSpeed : -backgroundSpeed;
            }

            @Override
            public double flowY(double x, double y, double time) {
                return 0;
            }
        };
    }

    /** Equal posts of half the period, with soft edges, in front of nothing. */
    static Texture posts(double period) {
        return (x, y) -> 60 + 130 * Math.clamp(0.5 + period / 4 * Math.sin(2 * Math.PI * x / period), 0, 1);
    }

    /** Posts, below a quarter of the picture that is texture. */
    static Texture fence(Texture above, double period) {
        double top = Truth.HEIGHT / 4.0;
        Texture posts = posts(period);
        return (x, y) -> {
            double share = Math.clamp(y - top, 0, 1);
            return (1 - share) * above.at(x, y) + share * posts.at(x, y);
        };
    }
}
